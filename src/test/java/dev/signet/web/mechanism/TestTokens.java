package dev.signet.web.mechanism;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.origin.Sources;
import dev.signet.base.settings.CorsSettings;
import dev.signet.base.settings.MetricsSettings;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.TestWiring;
import dev.signet.domain.client.UsedProofs;
import dev.signet.domain.guard.TestLimits;
import dev.signet.domain.jose.Claims;
import dev.signet.domain.jose.DpopNonces;
import dev.signet.domain.jose.DpopProof;
import dev.signet.domain.jose.TokenSigner;
import dev.signet.domain.jose.TokenVerifier;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.domain.keys.Keys;
import dev.signet.domain.keys.TestKeys;
import dev.signet.domain.token.TestAdmission;
import dev.signet.web.browser.Cors;
import dev.signet.web.browser.CsrfDefence;
import dev.signet.web.browser.DateHeader;
import dev.signet.web.browser.Origins;
import dev.signet.web.browser.SecurityHeaders;
import dev.signet.web.browser.SessionCookies;
import dev.signet.web.caller.DpopProofs;
import dev.signet.web.error.Problems;
import dev.signet.web.limit.Limiter;
import dev.signet.web.limit.RequestOrigin;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Real access tokens, of Ada, and what checks them. */
public final class TestTokens {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  public static final Settings SETTINGS =
      Settings.read(
          key ->
              Optional.ofNullable(
                  Map.of(
                          "signet.issuer",
                          "https://id.example.org",
                          "signet.proxies.trusted",
                          "10.0.0.0/8")
                      .get(key)));

  private static final Keys KEYS = TestKeys.keys();
  public static final Origins ORIGINS =
      new Origins(SETTINGS, new CorsSettings(Set.of("https://app.example.org")));
  public static final SessionCookies COOKIES =
      new SessionCookies(SETTINGS.cookies(), SETTINGS, ORIGINS);
  static final CsrfDefence CSRF = new CsrfDefence(ORIGINS);
  static final ScrapeSecret SCRAPE_SECRET =
      new ScrapeSecret(new MetricsSettings(Optional.of("the-secret-of-the-scraper"), false));
  public static final SecurityHeaders HEADERS =
      new SecurityHeaders(
          TestWiring.make(Sources.class, SETTINGS.sources()),
          SETTINGS.brand(),
          new DateHeader(Clock.systemUTC()));
  public static final EarlyAnswer EARLY_ANSWER = earlyAnswer(SETTINGS);

  private TestTokens() {}

  public static EarlyAnswer earlyAnswer(Settings settings) {
    return new EarlyAnswer(
        new Problems(settings),
        new Cors(ORIGINS),
        HEADERS,
        new Limiter(TestLimits.of(Map.of())),
        new RequestOrigin(TestWiring.make(Sources.class, settings.sources())),
        proofsAt(NOW, settings),
        new Metrics());
  }

  /** A token that is valid for a minute from {@link #NOW}. */
  public static String adas() {
    return adas(Optional.empty());
  }

  /** Returns an access token for a cookie. */
  static String adas(Optional<String> csrf) {
    return adas(csrf, Optional.empty());
  }

  /** Returns an access token that is bound to the key with this thumbprint. */
  public static String adas(Optional<String> csrf, Optional<String> boundTo) {
    Claims claims =
        new Claims(
            TokenSettings.Type.JWT,
            SETTINGS.token().issuer(),
            "42",
            Optional.of("Ada"),
            List.of("user", "admin"),
            "token-1",
            NOW,
            NOW.plusSeconds(60),
            List.of(SETTINGS.token().audience()),
            "signet",
            "api",
            Optional.of(NOW),
            csrf.map(value -> "session-1"),
            csrf,
            boundTo
                .<Map<String, Object>>map(key -> Map.of("cnf", Map.of("jkt", key)))
                .orElse(Map.of()));
    return TestWiring.make(TokenSigner.class, KEYS, SETTINGS.token(), new Metrics()).sign(claims);
  }

  public static VerifiedToken verified() throws Exception {
    return verifierAt(NOW).verify(adas());
  }

  /** A token with exactly these claims, as if it had been checked. */
  public static VerifiedToken verified(Map<String, Object> claims) {
    return new VerifiedToken("raw", claims, Set.of("user"), List.of(), NOW.getEpochSecond());
  }

  public static BearerAuthentication bearerAt(Instant now) {
    return new BearerAuthentication(
        verifierAt(now),
        TestAdmission.ofEverything(),
        proofsAt(now, SETTINGS),
        COOKIES,
        CSRF,
        SCRAPE_SECRET);
  }

  /** What checks proofs at that time; proofs for OAuth endpoints can be used again and again. */
  public static DpopProofs proofsAt(Instant now, Settings settings) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    UsedProofs forgetful =
        new UsedProofs() {
          @Override
          public void use(DpopProof proof) {}
        };
    return new DpopProofs(
        settings, TestWiring.make(DpopNonces.class, KEYS, clock), forgetful, clock);
  }

  private static TokenVerifier verifierAt(Instant now) {
    TokenSettings settings = SETTINGS.token();
    return TestWiring.make(TokenVerifier.class, KEYS, settings, Clock.fixed(now, ZoneOffset.UTC));
  }
}
