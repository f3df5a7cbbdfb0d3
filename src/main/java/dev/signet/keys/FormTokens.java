package dev.signet.keys;

import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Values for the forms of pages, which nobody has to remember: HMAC-SHA-256 under a secret that all
 * nodes have with their keys, so that only Signet can make them. Each key of the ring is good, as
 * nodes do not begin to sign with the next one at the same moment, and people go on with forms that
 * were shown before: a key leaves the ring when its last token has expired.
 */
@Shared
public class FormTokens {
  private static final String ALGORITHM = "HmacSHA256";

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
    return secrets.stream().anyMatch(secret -> isEqual(value(secret, browser, form), presented));
  }

  private static boolean isEqual(String expected, String presented) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
  }

  private static String value(byte[] secret, OpaqueToken browser, String form) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      byte[] code = mac.doFinal((browser.value() + ":" + form).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
