package dev.signet.base.secret;

import dev.signet.base.settings.SubjectSettings;
import dev.signet.base.wiring.Shared;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Computes pairwise subjects (OpenID Connect Core 1.0, section 8.1): HMAC-SHA-256 with a secret
 * that is not in the database, so that access to the database does not reveal the users of
 * subjects. Subjects are the same on all nodes, and stay the same as long as the secret does.
 */
@Shared
public class PairwiseSubjects {
  private final Optional<Hmac> hmac;

  @Inject
  public PairwiseSubjects(SubjectSettings settings) {
    hmac = settings.salt().map(salt -> new Hmac(salt.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether a secret is configured. */
  public boolean arePossible() {
    return hmac.isPresent();
  }

  /**
   * Returns 43 characters of base64url.
   *
   * @param sector a host name, or a different name without spaces
   * @throws IllegalStateException if no secret is configured
   */
  public String of(String sector, String userId) {
    return hmac.orElseThrow(
            () -> new IllegalStateException("Pairwise subjects require signet.subject.salt."))
        .of(sector + " " + userId);
  }

  /**
   * Returns a fingerprint of the secret, which does not reveal it; empty if no secret is
   * configured.
   */
  public Optional<String> fingerprint() {
    return hmac.map(
        secret -> secret.of("fingerprint")); // Subjects are computed from texts with a space.
  }
}
