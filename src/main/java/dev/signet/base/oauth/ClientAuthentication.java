package dev.signet.base.oauth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The methods of client authentication: {@code token_endpoint_auth_method} of RFC 7591, section 2.
 */
public enum ClientAuthentication {
  /** A secret in the {@code Authorization} header (RFC 6749, section 2.3.1). */
  CLIENT_SECRET_BASIC,
  /** A secret in the body. */
  CLIENT_SECRET_POST,
  /** An assertion that the client signs (RFC 7523, section 2.2; OIDC Core, section 9). */
  PRIVATE_KEY_JWT,
  /**
   * A public client, which cannot keep a secret, only sends its identifier (RFC 6749, section 2.1).
   */
  NONE;

  /** The value of the member. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ClientAuthentication> named(String text) {
    return Arrays.stream(values()).filter(method -> method.text().equals(text)).findFirst();
  }
}
