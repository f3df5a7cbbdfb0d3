package dev.signet.web.route;

import dev.signet.base.route.Route;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Allows only GET and HEAD for static files of the WAR. The servers handle other methods
 * differently, and some claim to support TRACE, which would reveal the headers of a request to a
 * script (RFC 9110, sections 9.3.7, 9.3.8 and 15.5.6).
 */
@WebFilter("/*")
public class FileMethods extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final String ALLOWED = "GET, HEAD, OPTIONS";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (READING.contains(request.getMethod())
        || CurrentRoute.of(request).kind() != Route.Kind.FILE) {
      chain.doFilter(request, response);
      return;
    }
    response.setHeader("Allow", ALLOWED);
    if (request.getMethod().equals("OPTIONS")) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else {
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }
  }
}
