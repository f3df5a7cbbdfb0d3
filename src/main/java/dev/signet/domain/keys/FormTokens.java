package dev.signet.domain.keys;

import dev.signet.base.secret.Digest;
import dev.signet.base.secret.Hmac;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.wiring.Shared;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Stateless CSRF values for the forms of pages: HMAC-SHA-256 with a secret that all nodes derive
 * from their keys, so that only Signet can compute them. All keys of the ring are accepted, because
 * nodes do not switch to the next key simultaneously, and users may submit forms that were shown
 * before the switch. A key leaves the ring when its last token has expired.
 */
@Shared
public class FormTokens {
  private final Keys keys;

  @Inject
  FormTokens(Keys keys) {
    this.keys = keys;
  }

  /**
   * Returns the value for a form.
   *
   * @param browser the secret of the browser that shows the form
   * @param form the purpose of the form
   */
  public String of(OpaqueToken browser, String form) {
    return value(keys.ring().formSecrets().get(0), browser, form);
  }

  /** Whether a value is valid for this form in this browser. */
  public boolean accept(String presented, OpaqueToken browser, String form) {
    List<byte[]> secrets = keys.ring().formSecrets();
    return secrets.stream()
        .anyMatch(secret -> Digest.isEqual(presented, value(secret, browser, form)));
  }

  private static String value(byte[] secret, OpaqueToken browser, String form) {
    return new Hmac(secret).of(browser.value() + ":" + form);
  }
}
