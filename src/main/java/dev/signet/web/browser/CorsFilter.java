package dev.signet.web.browser;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Applies {@link Cors}: answers preflight requests, and sets the CORS headers of responses. */
@WebFilter("/*")
public class CorsFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Inject private transient Cors cors;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    cors.set(request, response);
    if (cors.isPreflight(request)) {
      cors.answerPreflight(request, response);
    } else {
      chain.doFilter(request, response);
    }
  }
}
