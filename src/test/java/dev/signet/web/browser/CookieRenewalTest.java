package dev.signet.web.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.settings.CookieSettings;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.domain.token.AccessToken;
import dev.signet.domain.token.TokenIssuer;
import dev.signet.domain.token.TokenPair;
import dev.signet.web.mechanism.TestTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CookieRenewalTest {
  private static final Instant END = TestTokens.NOW;
  private static final CookieSettings SETTINGS = TestTokens.SETTINGS.cookies();

  private final List<String> renewed = new ArrayList<>();

  @Test
  void tokenIsRenewedInItsLastMinutesOnly() {
    assertEquals(Optional.empty(), renewal(SETTINGS, END.minusSeconds(300), alive()).of(token()));
    Optional<String> cookie = renewal(SETTINGS, END.minusSeconds(299), alive()).of(token());

    assertTrue(cookie.orElseThrow().startsWith("__Host-signet-access=new; Path=/;"));
    assertEquals(List.of("session-1 c"), renewed);
  }

  @Test
  void requestsSentTogetherRenewOnce() {
    CookieRenewal renewal = renewal(SETTINGS, END.minusSeconds(60), alive());

    assertTrue(renewal.of(token()).isPresent());
    assertEquals(Optional.empty(), renewal.of(token()));
    assertEquals(1, renewed.size());
  }

  @Test
  void endedSessionIsNotRenewed() {
    assertEquals(
        Optional.empty(), renewal(SETTINGS, END.minusSeconds(60), Optional.empty()).of(token()));
  }

  @Test
  void failureLeavesTheAnswerAsItIs() {
    TokenIssuer failing =
        new TokenIssuer() {
          @Override
          public Optional<TokenPair> renew(String sessionId, String csrf) {
            throw new IllegalStateException("no database");
          }
        };

    assertEquals(Optional.empty(), renewal(SETTINGS, END.minusSeconds(60), failing).of(token()));
  }

  @Test
  void zeroRenewsNothing() {
    CookieSettings never =
        new CookieSettings("a", "r", "c", "b", CookieSettings.SameSite.STRICT, Duration.ZERO);

    assertEquals(Optional.empty(), renewal(never, END.minusSeconds(1), alive()).of(token()));
    assertEquals(List.of(), renewed);
  }

  private static Optional<TokenPair> alive() {
    return Optional.of(
        new TokenPair(
            new AccessToken("new", Duration.ofMinutes(15), false),
            Optional.empty(),
            Duration.ofDays(14),
            Optional.of("c"),
            false));
  }

  private CookieRenewal renewal(CookieSettings settings, Instant now, Optional<TokenPair> pair) {
    TokenIssuer issuer =
        new TokenIssuer() {
          @Override
          public Optional<TokenPair> renew(String sessionId, String csrf) {
            renewed.add(sessionId + " " + csrf);
            return pair;
          }
        };
    return renewal(settings, now, issuer);
  }

  private static CookieRenewal renewal(CookieSettings settings, Instant now, TokenIssuer issuer) {
    return new CookieRenewal(
        issuer, TestTokens.COOKIES, settings, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static VerifiedToken token() {
    return TestTokens.verified(Map.of("sid", "session-1", "csrf", "c"));
  }
}
