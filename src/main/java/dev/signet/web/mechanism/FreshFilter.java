package dev.signet.web.mechanism;

import dev.signet.web.caller.BearerToken;
import dev.signet.web.error.Problems;
import jakarta.json.JsonNumber;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Refuses callers whose login is older than {@code maxAge} or has an unknown age. */
final class FreshFilter implements ContainerRequestFilter {
  private final Duration maxAge;
  private final JsonWebToken caller;
  private final Clock clock;
  private final Problems problems;

  FreshFilter(Duration maxAge, JsonWebToken caller, Clock clock, Problems problems) {
    this.maxAge = maxAge;
    this.caller = caller;
    this.clock = clock;
    this.problems = problems;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    // Without a caller, the check of roles decides.
    if (caller.getName() != null && isStale()) {
      request.abortWith(problems.stale(maxAge, isDpop(request)).toResponse());
    }
  }

  /** Whether the token was sent with the scheme DPoP. */
  static boolean isDpop(ContainerRequestContext request) {
    return BearerToken.isDpop(request.getHeaderString(HttpHeaders.AUTHORIZATION));
  }

  private boolean isStale() {
    Object claim = caller.getClaim(Claims.auth_time.name());
    long seconds;
    if (claim instanceof JsonNumber number) { // the type in the tokens of some servers
      seconds = number.longValue();
    } else if (claim instanceof Number number) {
      seconds = number.longValue();
    } else {
      return true;
    }
    return Instant.ofEpochSecond(seconds).plus(maxAge).isBefore(clock.instant());
  }
}
