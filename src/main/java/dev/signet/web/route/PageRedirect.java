package dev.signet.web.route;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Redirects the path of a page without a trailing slash to the path with the slash. The servers
 * would do this themselves, but would redirect to the host that the request names, and one does it
 * before any filter.
 *
 * <p>The target is a relative reference (RFC 9110, section 10.2.2), which the browser resolves
 * against its own URL, so that a path prefix that a proxy strips is kept.
 */
@WebServlet(urlPatterns = {"/docs", "/example"})
public class PageRedirect extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Location", request.getServletPath().substring(1) + "/");
  }
}
