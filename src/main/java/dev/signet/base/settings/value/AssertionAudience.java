package dev.signet.base.settings.value;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which {@code aud} of a client's assertion names Signet (RFC 7523, section 3). */
public enum AssertionAudience {
  /** The issuer, the token endpoint or the endpoint for pushed requests, one or several of them. */
  ANY,

  /**
   * The issuer as a single string (FAPI 2.0 Security Profile, section 5.3.2.1): an assertion that a
   * client made for another server which names Signet's endpoint as its own is good for nothing.
   */
  ISSUER;

  public static Optional<AssertionAudience> named(String text) {
    return Arrays.stream(values()).filter(one -> one.setting().equals(text)).findFirst();
  }

  /** The value of settings and of the metadata of clients. */
  public String setting() {
    return name().toLowerCase(Locale.ROOT);
  }
}
