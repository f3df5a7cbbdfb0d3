package dev.signet.keys;

import dev.signet.settings.SubjectSettings;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names that tell nobody outside of one sector who a user is (OpenID Connect Core 1.0, section
 * 8.1): HMAC-SHA-256 under a secret that is not in the database, so that who has that still cannot
 * tell which user is meant. The same on all nodes, and for ever, as long as the secret is.
 */
@Shared
public class PairwiseSubjects {
  private static final String ALGORITHM = "HmacSHA256";

  private final Optional<SecretKeySpec> key;

  @Inject
  public PairwiseSubjects(SubjectSettings settings) {
    key =
        settings
            .salt()
            .map(salt -> new SecretKeySpec(salt.getBytes(StandardCharsets.UTF_8), ALGORITHM));
  }

  /** Whether there is a secret. */
  public boolean arePossible() {
    return key.isPresent();
  }

  /**
   * Returns 43 characters of base64url.
   *
   * @param sector a host name, or another name without spaces
   * @throws IllegalStateException without a secret
   */
  public String of(String sector, String userId) {
    SecretKeySpec secret =
        key.orElseThrow(
            () -> new IllegalStateException("Pairwise subjects require signet.subject.salt."));
    return mac(secret, sector + " " + userId);
  }

  /** What tells the secret from others without revealing it; empty if there is none. */
  public Optional<String> fingerprint() {
    return key.map(secret -> mac(secret, "fingerprint")); // No subject: it has no space.
  }

  private static String mac(SecretKeySpec secret, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
