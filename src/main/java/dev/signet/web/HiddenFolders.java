package dev.signet.web;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers 404 where a server would answer by itself. One of them adds a slash to the addresses of
 * the WAR's folders before any filter, and sends the browser to whatever host the request names;
 * and it adds endpoints to each WAR: health, which is up without the database, an API description,
 * metrics. It leaves those paths to a WAR that has declared them.
 */
@WebServlet(
    urlPatterns = {
      "/META-INF/*",
      "/WEB-INF/*",
      // With and without the star: of two patterns, a server takes the more exact one.
      "/health",
      "/health/*",
      "/openapi",
      "/openapi/*",
      // The name that payara-config/boot.asadmin gives them.
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
