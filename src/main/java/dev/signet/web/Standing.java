package dev.signet.web;

import dev.signet.guard.Verdict;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/**
 * How a request stands with the limits that count it, as its answer tells: {@code RateLimit-Policy}
 * has all of them, {@code RateLimit} the one that leaves least
 * (draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4; Structured Fields, RFC 9651).
 */
final class Standing {
  /** The attribute of the request; JAX-RS has it as a property. */
  static final String NAME = Standing.class.getName();

  private final HttpServletResponse response;
  private final String source;
  private final StringBuilder policies = new StringBuilder(64);
  private Verdict tightest;

  Standing(HttpServletResponse response, String source) {
    this.response = response;
    this.source = source;
  }

  /** By what the request is counted if not by its account. */
  String source() {
    return source;
  }

  /** Notes what a limit says; nothing is written yet. */
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

  /** Writes all that is known so far. */
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
