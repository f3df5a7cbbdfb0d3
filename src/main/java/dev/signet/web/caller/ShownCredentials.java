package dev.signet.web.caller;

import dev.signet.base.oauth.ClientAuthentication;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.domain.client.ClientCredentials;
import dev.signet.domain.jose.ClientAssertion;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.web.body.Form;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the client credentials of a request (RFC 6749, section 2.3.1; RFC 7523, section 2.2). An
 * empty secret counts as absent: a public client may send its identifier in the header, too.
 */
public final class ShownCredentials {
  /** The parameters of client authentication, besides the identifier. */
  public static final Set<String> PARAMETERS =
      Set.of("client_secret", "client_assertion", "client_assertion_type");

  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final String BASIC = "Basic ";

  private ShownCredentials() {}

  /**
   * Reads a secret from the header or from the body, or an assertion: exactly one of them, or only
   * the identifier.
   *
   * @param authorization the header, or null
   * @throws OAuthException {@link OAuthError#INVALID_CLIENT} if there are no credentials, or {@link
   *     OAuthError#INVALID_REQUEST} if there are several
   */
  public static ClientCredentials in(String authorization, Form form) {
    Optional<String> secret = form.text("client_secret");
    Optional<String> assertion = form.text("client_assertion");
    long ways =
        Stream.of(Optional.ofNullable(authorization), secret, assertion)
            .filter(Optional::isPresent)
            .count();
    if (ways > 1) {
      throw new OAuthException(
          OAuthError.INVALID_REQUEST, "The client must authenticate with only one method.");
    }
    if (assertion.isPresent() || form.text("client_assertion_type").isPresent()) {
      return assertion(form);
    }
    if (secret.isPresent()) {
      return new ClientCredentials(
          ClientAuthentication.CLIENT_SECRET_POST, form.required("client_id"), secret.get());
    }
    if (authorization == null) {
      String id = form.text("client_id").orElseThrow(ShownCredentials::unknown);
      return new ClientCredentials(ClientAuthentication.NONE, id, "");
    }
    ClientCredentials basic = basic(authorization);
    if (!form.text("client_id").orElse(basic.clientId()).equals(basic.clientId())) {
      throw new OAuthException(
          OAuthError.INVALID_REQUEST, "The header and the body name different clients.");
    }
    return basic;
  }

  /** RFC 7521, section 4.2. */
  private static ClientCredentials assertion(Form form) {
    String assertion = form.required("client_assertion");
    if (!ASSERTION.equals(form.required("client_assertion_type"))) {
      throw new OAuthException(
          OAuthError.INVALID_REQUEST, "The client_assertion_type is not supported.");
    }
    try {
      String subject = ClientAssertion.parse(assertion).clientId();
      String id = form.text("client_id").orElse(subject);
      return new ClientCredentials(ClientAuthentication.PRIVATE_KEY_JWT, id, assertion);
    } catch (InvalidToken e) {
      throw unknown();
    }
  }

  private static ClientCredentials basic(String authorization) {
    if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      throw unknown();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      String pair = new String(bytes, StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      if (colon < 0) {
        throw unknown();
      }
      String secret = decode(pair.substring(colon + 1));
      return new ClientCredentials(
          secret.isEmpty() ? ClientAuthentication.NONE : ClientAuthentication.CLIENT_SECRET_BASIC,
          decode(pair.substring(0, colon)),
          secret);
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static OAuthException unknown() {
    return new OAuthException(
        OAuthError.INVALID_CLIENT, "Client authentication is missing or malformed.");
  }
}
