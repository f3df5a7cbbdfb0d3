package dev.signet.domain.token;

import dev.signet.base.wiring.Shared;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.InvalidToken.Reason;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.domain.revocation.Revocations;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Decides whether a verified token may be used now: it is not revoked, and the checks of the
 * application accept it. Runs for each request, also for cached tokens.
 */
@Shared
public class TokenAdmission {
  private final Revocations revocations;
  private final List<ClaimsCheck> checks;

  @Inject
  TokenAdmission(Revocations revocations, Extensions extensions) {
    this.revocations = revocations;
    checks = extensions.checks();
  }

  /**
   * Checks a verified token.
   *
   * @throws InvalidToken if it may not be used
   */
  public void check(VerifiedToken token) throws InvalidToken {
    if (revocations.cover(token)) {
      throw new InvalidToken(Reason.REVOKED);
    }
    for (ClaimsCheck check : checks) {
      if (!check.accepts(token)) {
        throw new InvalidToken(Reason.CLAIMS);
      }
    }
  }
}
