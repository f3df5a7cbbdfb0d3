package dev.signet.domain.token;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.TestWiring;
import dev.signet.domain.audit.TestAudit;
import dev.signet.domain.client.TestSubjects;
import dev.signet.domain.code.AuthorizationCodes;
import dev.signet.domain.guard.TestGuard;
import dev.signet.domain.jose.IdTokens;
import dev.signet.domain.jose.TokenSigner;
import dev.signet.domain.keys.Keys;
import dev.signet.domain.session.RefreshFamilies;
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
