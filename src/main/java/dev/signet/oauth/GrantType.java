package dev.signet.oauth;

import java.util.Arrays;
import java.util.Optional;

/** How a client may get tokens: the grants that Signet has. */
public enum GrantType {
  /** RFC 6749, section 4.4. */
  CLIENT_CREDENTIALS("client_credentials");

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
