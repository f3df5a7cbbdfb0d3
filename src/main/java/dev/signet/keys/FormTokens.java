package dev.signet.keys;

import dev.signet.base.secret.Digest;
import dev.signet.base.secret.Hmac;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Values for the forms of pages, which nobody has to remember: HMAC-SHA-256 under a secret that all
 * nodes have with their keys, so that only Signet can make them. Each key of the ring is good, as
 * nodes do not begin to sign with the next one at the same moment, and people go on with forms that
 * were shown before: a key leaves the ring when its last token has expired.
 */
@Shared
public class FormTokens {
  private final Keys keys;

  @Inject
  FormTokens(Keys keys) {
    this.keys = keys;
  }

  /**
   * Makes the value of a form.
   *
   * @param browser the secret of the browser that it is shown in
   * @param form what it is for
   */
  public String of(OpaqueToken browser, String form) {
    return value(keys.ring().formSecrets().get(0), browser, form);
  }

  /** Whether a value is of this form in this browser. */
  public boolean accept(String presented, OpaqueToken browser, String form) {
    List<byte[]> secrets = keys.ring().formSecrets();
    return secrets.stream()
        .anyMatch(secret -> Digest.isEqual(presented, value(secret, browser, form)));
  }

  private static String value(byte[] secret, OpaqueToken browser, String form) {
    return new Hmac(secret).of(browser.value() + ":" + form);
  }
}
