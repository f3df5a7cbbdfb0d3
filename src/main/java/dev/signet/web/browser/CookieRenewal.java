package dev.signet.web.browser;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signet.base.settings.CookieSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.domain.token.TokenIssuer;
import dev.signet.domain.token.TokenPair;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Renews access tokens in cookies before they expire, so that a browser in use never has an expired
 * one. Of concurrent requests of a page, one renews the token. A failure does not affect the
 * response, and the renewal is tried again later.
 */
@Shared
class CookieRenewal {
  private static final Logger LOG = System.getLogger(CookieRenewal.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int MOST = 100_000;

  private final TokenIssuer issuer;
  private final SessionCookies cookies;
  private final Duration renew;
  private final Clock clock;
  private final Cache<String, Boolean> tried =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterWrite(PAUSE)
          .executor(Runnable::run)
          .build();

  @Inject
  CookieRenewal(TokenIssuer issuer, SessionCookies cookies, CookieSettings settings, Clock clock) {
    this.issuer = issuer;
    this.cookies = cookies;
    this.renew = settings.renew();
    this.clock = clock;
  }

  /** Returns the cookie to set if the token expires soon and its session is still active. */
  Optional<String> of(VerifiedToken token) {
    boolean endsSoon =
        clock.instant().plus(renew).isAfter(Instant.ofEpochSecond(token.expiresAt()));
    return endsSoon
        ? token
            .session()
            .filter(session -> tried.asMap().putIfAbsent(session, true) == null)
            .flatMap(session -> renewed(session, token.csrf().orElse("")))
            .map(cookies::renewed)
        : Optional.empty();
  }

  private Optional<TokenPair> renewed(String session, String csrf) {
    try {
      return issuer.renew(session, csrf);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A session could not be renewed: {0}", e.toString());
      return Optional.empty();
    }
  }
}
