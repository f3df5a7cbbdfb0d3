package dev.signet.web.route;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Responds with 404 at paths that a server would otherwise serve itself. One server redirects paths
 * of folders in the WAR to the same path with a slash, before any filter, and to the host that the
 * request names. It also adds endpoints to each WAR: health, which is up without the database, an
 * API description, and metrics. It leaves these paths to a WAR that declares them.
 */
@WebServlet(
    urlPatterns = {
      "/META-INF/*",
      "/WEB-INF/*",
      // With and without the star, because a server prefers the more specific pattern.
      "/health",
      "/health/*",
      "/openapi",
      "/openapi/*",
      // The path that payara-config/boot.asadmin sets.
      "/payara-metrics",
      "/payara-metrics/*"
    })
public class HiddenFolders extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.sendError(HttpServletResponse.SC_NOT_FOUND);
  }
}
