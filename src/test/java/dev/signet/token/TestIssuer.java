package dev.signet.token;

import dev.signet.audit.TestAudit;
import dev.signet.base.metrics.Metrics;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.TestWiring;
import dev.signet.client.TestSubjects;
import dev.signet.guard.TestGuard;
import dev.signet.keys.IdTokens;
import dev.signet.keys.Keys;
import dev.signet.keys.TokenSigner;
import java.time.Clock;
import java.util.List;

/** An issuer for what needs no database. */
public final class TestIssuer {
  private TestIssuer() {}

  public static TokenIssuer of(Keys keys, TokenSettings settings, Clock clock) {
    Metrics metrics = new Metrics();
    TokenSigner signer = TestWiring.make(TokenSigner.class, keys, metrics);
    return TestWiring.make(
        TokenIssuer.class,
        signer,
        settings,
        new RefreshFamilies(),
        new AuthorizationCodes(),
        new Extensions(List.of(), List.of()),
        TestWiring.make(
            Identity.class,
            TestWiring.make(IdTokens.class, keys, signer, settings),
            TestSubjects.unsalted(),
            settings),
        clock,
        new TestGuard(),
        new TestAudit().log(),
        metrics);
  }
}
