package dev.signet.keys;

import dev.signet.base.secret.Hmac;
import dev.signet.settings.SubjectSettings;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Names that tell nobody outside of one sector who a user is (OpenID Connect Core 1.0, section
 * 8.1): HMAC-SHA-256 under a secret that is not in the database, so that who has that still cannot
 * tell which user is meant. The same on all nodes, and for ever, as long as the secret is.
 */
@Shared
public class PairwiseSubjects {
  private final Optional<Hmac> hmac;

  @Inject
  public PairwiseSubjects(SubjectSettings settings) {
    hmac = settings.salt().map(salt -> new Hmac(salt.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether there is a secret. */
  public boolean arePossible() {
    return hmac.isPresent();
  }

  /**
   * Returns 43 characters of base64url.
   *
   * @param sector a host name, or another name without spaces
   * @throws IllegalStateException without a secret
   */
  public String of(String sector, String userId) {
    return hmac.orElseThrow(
            () -> new IllegalStateException("Pairwise subjects require signet.subject.salt."))
        .of(sector + " " + userId);
  }

  /** What tells the secret from others without revealing it; empty if there is none. */
  public Optional<String> fingerprint() {
    return hmac.map(secret -> secret.of("fingerprint")); // No subject: it has no space.
  }
}
