package dev.signet.web.limit;

import dev.signet.base.origin.Source;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.route.Route;
import dev.signet.base.settings.value.Limit;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.guard.RateLimits;
import dev.signet.domain.guard.Verdict;
import dev.signet.web.caller.CallerToken;
import dev.signet.web.route.CurrentRoute;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/** Counts requests against the rate limits, and sets the rate limit headers of responses. */
@Shared
public class Limiter {
  private final RateLimits limits;

  @Inject
  public Limiter(RateLimits limits) {
    this.limits = limits;
  }

  /**
   * Counts a request to the API once; other requests are counted by their resource methods only.
   *
   * @return the refusal, if the limit is exceeded
   */
  public Optional<Refusal> count(
      HttpServletRequest request, HttpServletResponse response, Source source) {
    Route route = CurrentRoute.of(request);
    if (request.getAttribute(Standing.NAME) != null
        || route.counting() == Route.Counting.NONE
        || limits.exempt(source)) {
      return Optional.empty();
    }
    Standing standing = new Standing(response, source.key());
    request.setAttribute(Standing.NAME, standing);
    if (route.counting() == Route.Counting.BY_ENDPOINT) {
      return Optional.empty();
    }
    Optional<Verdict> refused = refused(standing, Limit.API_SOURCE, source.key());
    if (refused.isEmpty()) {
      refused =
          CallerToken.of(request)
              .flatMap(caller -> refused(standing, Limit.API_ACCOUNT, caller.getSubject()));
    }
    standing.show();
    return refused.map(RateLimits::refusal);
  }

  /**
   * Counts a request against a limit of an account.
   *
   * @param key the account; at most 64 characters
   * @throws Refusal {@link Problem#RATE_LIMITED}
   */
  public void check(HttpServletRequest request, Limit limit, String key) {
    check(request.getAttribute(Standing.NAME), limit, key);
  }

  /**
   * Counts a request against a limit of its source, where JAX-RS does not ({@link Limited}).
   *
   * @throws Refusal {@link Problem#RATE_LIMITED}
   */
  public void check(HttpServletRequest request, Limit limit) {
    check(request.getAttribute(Standing.NAME), limit);
  }

  /** Counts a request against a limit of its source. */
  void check(Object standing, Limit limit) {
    if (standing instanceof Standing known) {
      check(known, limit, known.source());
    }
  }

  private void check(Object standing, Limit limit, String key) {
    // Without these headers, the request is exempt.
    if (standing instanceof Standing known) {
      Optional<Verdict> refused = refused(known, limit, key);
      known.show();
      if (refused.isPresent()) {
        throw RateLimits.refusal(refused.get());
      }
    }
  }

  private Optional<Verdict> refused(Standing standing, Limit limit, String key) {
    Optional<Verdict> verdict = limits.check(limit, key);
    verdict.ifPresent(standing::add);
    return verdict.filter(given -> !given.accepted());
  }
}
