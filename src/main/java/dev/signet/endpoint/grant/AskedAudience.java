package dev.signet.endpoint.grant;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.domain.client.Client;
import dev.signet.web.body.Form;
import java.util.List;
import java.util.stream.Stream;

/** The parameters {@code resource} (RFC 8707, section 2.2) and {@code audience} (RFC 8693). */
final class AskedAudience {
  private AskedAudience() {}

  /**
   * Returns the requested resource servers; by default all that the client is registered for.
   *
   * @param usual the default for clients without registered resource servers
   * @throws OAuthException {@link OAuthError#INVALID_TARGET}
   */
  static List<String> in(Form request, Client client, String usual) {
    List<String> asked =
        Stream.of("resource", "audience")
            .flatMap(name -> request.texts(name).stream())
            .distinct()
            .toList();
    return client
        .audience(asked, usual)
        .orElseThrow(
            () ->
                new OAuthException(
                    OAuthError.INVALID_TARGET, "The client is not registered for this resource."));
  }
}
