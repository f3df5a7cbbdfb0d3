package dev.signet.domain.token;

import dev.signet.domain.revocation.RevocationLog;
import dev.signet.domain.revocation.Revocations;
import java.time.Clock;
import java.util.List;

/** Admission for tests of what asks it. */
public final class TestAdmission {
  private TestAdmission() {}

  /** Nothing is revoked. */
  public static TokenAdmission ofEverything() {
    return new TokenAdmission(
        new Revocations(new RevocationLog(), Clock.systemUTC()),
        new Extensions(List.of(), List.of()));
  }
}
