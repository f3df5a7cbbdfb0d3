package dev.signet.web;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Keeps the folders of the WAR out of sight. One server would add a slash to their addresses before
 * any filter, and send the browser to whatever host the request names.
 */
@WebServlet(urlPatterns = {"/META-INF/*", "/WEB-INF/*"})
public class HiddenFolders extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.sendError(HttpServletResponse.SC_NOT_FOUND);
  }
}
