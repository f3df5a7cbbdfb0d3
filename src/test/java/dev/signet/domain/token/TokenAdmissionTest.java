package dev.signet.domain.token;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.InvalidToken.Reason;
import dev.signet.domain.jose.TestVerified;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.domain.revocation.Revocation;
import dev.signet.domain.revocation.RevocationLog;
import dev.signet.domain.revocation.Revocations;
import dev.signet.domain.revocation.Revoked;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenAdmissionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final VerifiedToken TOKEN = TestVerified.token("s1", "t1", "ada", NOW);

  private final Revocations revocations = new Revocations(new RevocationLog(), Clock.systemUTC());

  @Test
  void withoutChecksAnyTokenThatWasNotRevokedPasses() {
    assertDoesNotThrow(() -> admission().check(TOKEN));
  }

  @Test
  void revokedTokenIsRefused() {
    revocations.revoked(new Revoked(List.of(Revocation.ofToken("t1", NOW.plusSeconds(1)))));

    assertEquals(Reason.REVOKED, refused(admission(token -> true)));
  }

  @Test
  void eachCheckMustAccept() {
    assertDoesNotThrow(() -> admission(token -> true, token -> true).check(TOKEN));
    assertEquals(Reason.CLAIMS, refused(admission(token -> true, token -> false)));
    assertEquals(Reason.CLAIMS, refused(admission(token -> !token.subject().equals("ada"))));
  }

  private TokenAdmission admission(ClaimsCheck... checks) {
    return new TokenAdmission(revocations, new Extensions(List.of(), Arrays.asList(checks)));
  }

  private static Reason refused(TokenAdmission admission) {
    return assertThrows(InvalidToken.class, () -> admission.check(TOKEN)).reason();
  }
}
