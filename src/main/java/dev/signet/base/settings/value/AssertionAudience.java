package dev.signet.base.settings.value;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The values of {@code aud} that Signet accepts in a client assertion (RFC 7523, section 3). */
public enum AssertionAudience {
  /** One or several of the issuer, the token endpoint and the endpoint for pushed requests. */
  ANY,

  /**
   * The issuer as a single string (FAPI 2.0 Security Profile, section 5.3.2.1): this protects
   * against another server that names Signet's endpoint as its own to obtain assertions.
   */
  ISSUER;

  public static Optional<AssertionAudience> named(String text) {
    return Arrays.stream(values()).filter(one -> one.setting().equals(text)).findFirst();
  }

  /** Returns the value in settings and in client metadata. */
  public String setting() {
    return name().toLowerCase(Locale.ROOT);
  }
}
