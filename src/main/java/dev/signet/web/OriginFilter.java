package dev.signet.web;

import dev.signet.origin.Origin;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Notes where a request comes from, and repeats its identifier in the answer. Declared in {@code
 * web.xml}, to come before filters that refuse.
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
