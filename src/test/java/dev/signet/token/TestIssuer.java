package dev.signet.token;

import dev.signet.audit.TestAudit;
import dev.signet.guard.TestGuard;
import dev.signet.keys.Keys;
import dev.signet.keys.TokenSigner;
import dev.signet.metrics.Metrics;
import dev.signet.settings.TokenSettings;
import dev.signet.wiring.TestWiring;
import java.time.Clock;
import java.util.List;

/** An issuer for what needs no database. */
public final class TestIssuer {
  private TestIssuer() {}

  public static TokenIssuer of(Keys keys, TokenSettings settings, Clock clock) {
    Metrics metrics = new Metrics();
    return TestWiring.make(
        TokenIssuer.class,
        TestWiring.make(TokenSigner.class, keys, metrics),
        settings,
        new RefreshFamilies(),
        new AuthorizationCodes(),
        new Extensions(List.of(), List.of()),
        clock,
        new TestGuard(),
        new TestAudit().log(),
        metrics);
  }
}
