package dev.signet.grant;

import dev.signet.client.ClientCredentials;
import dev.signet.oauth.ClientAuthentication;
import dev.signet.oauth.OAuthError;
import dev.signet.oauth.OAuthException;
import dev.signet.web.Form;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Finds what a request shows of its client (RFC 6749, section 2.3.1). */
final class ShownCredentials {
  private static final String BASIC = "Basic ";

  private ShownCredentials() {}

  /**
   * Reads them from the header or from the body, but not from both.
   *
   * @param authorization the header, or null
   * @throws OAuthException {@link OAuthError#INVALID_CLIENT} without any, or {@link
   *     OAuthError#INVALID_REQUEST} with two
   */
  static ClientCredentials in(String authorization, Form form) {
    boolean inBody = form.text("client_secret").isPresent();
    if (authorization == null) {
      if (!inBody) {
        throw unknown();
      }
      return new ClientCredentials(
          ClientAuthentication.CLIENT_SECRET_POST,
          form.required("client_id"),
          form.required("client_secret"));
    }
    if (inBody) {
      throw new OAuthException(
          OAuthError.INVALID_REQUEST, "The client shows who it is in two ways.");
    }
    ClientCredentials basic = basic(authorization);
    if (!form.text("client_id").orElse(basic.clientId()).equals(basic.clientId())) {
      throw new OAuthException(
          OAuthError.INVALID_REQUEST, "The header and the body name different clients.");
    }
    return basic;
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
      return new ClientCredentials(
          ClientAuthentication.CLIENT_SECRET_BASIC,
          decode(pair.substring(0, colon)),
          decode(pair.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static OAuthException unknown() {
    return new OAuthException(
        OAuthError.INVALID_CLIENT,
        "The client does not show who it is, by HTTP Basic or a secret.");
  }
}
