package dev.signet.domain.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.settings.Settings;
import dev.signet.domain.audit.TestAudit;
import dev.signet.domain.guard.TestGuard;
import dev.signet.domain.keys.TestKeys;
import dev.signet.domain.session.OpenSession;
import dev.signet.domain.session.RefreshFamilies;
import dev.signet.domain.user.TestUsers;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TokenIssuerTest {
  private static final int MILLION = 1_000_000;
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final OpenSession SESSION =
      new OpenSession(
          TestUsers.ada(),
          "session",
          Optional.empty(),
          Optional.empty(),
          NOW,
          NOW,
          NOW.plusSeconds(60),
          Optional.empty());

  @Test
  void millionTokensHaveAMillionIdentifiers() {
    Set<UUID> identifiers = new HashSet<>(2 * MILLION);
    TokenIssuer issuer =
        new TokenIssuer(
            new RefreshFamilies() {
              @Override
              public Optional<OpenSession> renew(String sessionId, String csrf) {
                return Optional.of(SESSION);
              }
            },
            TestKeys.signer(claims -> identifiers.add(UUID.fromString(claims.id()))),
            Settings.read(key -> Optional.empty()).token(),
            new Extensions(List.of(), List.of()),
            null,
            Clock.systemUTC(),
            new TestGuard(),
            new TestAudit().log(),
            new Metrics());

    for (int i = 0; i < MILLION; i++) {
      issuer.renew("session", "csrf");
    }

    assertEquals(MILLION, identifiers.size());
  }
}
