package dev.signet.web.limit;

import dev.signet.domain.guard.Verdict;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/**
 * The rate limit headers of a response: {@code RateLimit-Policy} has all limits that count the
 * request, {@code RateLimit} the one with the fewest remaining requests
 * (draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4; Structured Fields, RFC 9651).
 */
final class Standing {
  /** The name of the request attribute, which JAX-RS exposes as a property. */
  static final String NAME = Standing.class.getName();

  private final HttpServletResponse response;
  private final String source;
  private final StringBuilder policies = new StringBuilder(64);
  private Verdict tightest;

  Standing(HttpServletResponse response, String source) {
    this.response = response;
    this.source = source;
  }

  /** Returns the source that the request is counted for. */
  String source() {
    return source;
  }

  /** Adds the verdict of a limit, without writing headers. */
  void add(Verdict verdict) {
    if (policies.length() > 0) {
      policies.append(", ");
    }
    policies
        .append('"')
        .append(verdict.limit().slug())
        .append("\";q=")
        .append(verdict.rate().count())
        .append(";w=")
        .append(verdict.rate().per().toSeconds());
    if (tightest == null || verdict.isTighterThan(tightest)) {
      tightest = verdict;
    }
  }

  /** Writes the headers for all limits added so far. */
  void show() {
    if (tightest != null) {
      response.setHeader("RateLimit-Policy", policies.toString());
      response.setHeader(
          "RateLimit",
          "\""
              + tightest.limit().slug()
              + "\";r="
              + tightest.remaining()
              + ";t="
              + seconds(tightest.reset()));
    }
  }

  private static long seconds(Duration time) {
    return Math.max(1, time.plusMillis(999).toSeconds());
  }
}
