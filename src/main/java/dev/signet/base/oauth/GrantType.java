package dev.signet.base.oauth;

import java.util.Arrays;
import java.util.Optional;

/** The grant types that Signet supports. */
public enum GrantType {
  /** RFC 6749, section 4.1. */
  AUTHORIZATION_CODE("authorization_code"),
  /** RFC 6749, section 6. */
  REFRESH_TOKEN("refresh_token"),
  /** RFC 6749, section 4.4. */
  CLIENT_CREDENTIALS("client_credentials"),
  /** RFC 8628, section 3.4. */
  DEVICE_CODE("urn:ietf:params:oauth:grant-type:device_code"),
  /** RFC 8693, section 2.1. */
  TOKEN_EXCHANGE("urn:ietf:params:oauth:grant-type:token-exchange");

  private final String text;

  GrantType(String text) {
    this.text = text;
  }

  /** The value of {@code grant_type}. */
  public String text() {
    return text;
  }

  public static Optional<GrantType> named(String text) {
    return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
  }
}
