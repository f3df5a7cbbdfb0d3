package dev.signet.web.limit;

import dev.signet.base.origin.Origin;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Records the origin of a request, and repeats the request ID in the response. Declared in {@code
 * web.xml}, so that it runs before filters that refuse requests.
 */
public class OriginFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Inject private transient RequestOrigin origins;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Origin origin = origins.of(request);
    response.setHeader(RequestOrigin.CORRELATION, origin.correlation());
    origin.enter();
    try {
      chain.doFilter(request, response);
    } finally {
      Origin.leave();
    }
  }
}
