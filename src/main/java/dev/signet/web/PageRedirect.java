package dev.signet.web;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Adds the slash to the address of a page. The servers would do it, too, but send the browser to
 * whatever host the request names, and one does it before any filter.
 *
 * <p>The target is a relative reference (RFC 9110, section 10.2.2), which the browser resolves
 * against the address that it knows: a path that a proxy strips stays in it.
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
