package dev.signet.web.mechanism;

import dev.signet.base.origin.Origin;
import dev.signet.base.problem.Refusal;
import dev.signet.web.limit.Limiter;
import dev.signet.web.limit.OriginFilter;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Counts all requests to the API, including those that fail. Declared in {@code web.xml}, after
 * {@link OriginFilter}; the authentication mechanism runs before both.
 */
public class RateLimitFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Inject private transient Limiter limiter;
  @Inject private transient EarlyAnswer answer;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<Refusal> refused =
        limiter.count(request, response, Origin.current().source().orElseThrow());
    if (refused.isPresent()) {
      answer.refuse(refused.get(), request, response);
    } else {
      chain.doFilter(request, response);
    }
  }
}
