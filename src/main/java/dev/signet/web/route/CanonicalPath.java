package dev.signet.web.route;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Answers the paths for which a server would send its own redirect, which goes to the host that the
 * request names.
 *
 * <p>A path with dot segments is not found: clients remove them before they send a request (RFC
 * 3986, section 5.2.4). The context root without its slash gets a relative redirect, as in {@link
 * PageRedirect}; two servers send theirs before any filter, and read {@code payara-web.xml} and
 * {@code undertow-handlers.conf} for it.
 */
@WebFilter("/*")
public class CanonicalPath extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private static final Pattern DOT_SEGMENT = Pattern.compile("/(?:\\.|%2[eE]){1,2}(?:[/;]|$)");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getRequestURI();
    if (DOT_SEGMENT.matcher(path).find()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } else if (path.equals(request.getContextPath()) && !path.isEmpty()) {
      response.setStatus(HttpServletResponse.SC_FOUND);
      response.setHeader("Location", path.substring(path.lastIndexOf('/') + 1) + "/");
    } else {
      chain.doFilter(request, response);
    }
  }
}
