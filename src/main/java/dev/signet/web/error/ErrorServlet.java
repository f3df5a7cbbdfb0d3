package dev.signet.web.error;

import dev.signet.web.browser.SecurityHeaders;
import dev.signet.web.page.Pages;
import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes the response to errors that occur before JAX-RS: a page for browsers, a problem for other
 * clients.
 */
@WebServlet(urlPatterns = "/error")
public class ErrorServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Problems problems;
  @Inject private transient SecurityHeaders headers;
  @Inject private transient ErrorPages pages;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // The server detected the error before any filter.
    headers.set(request, response);
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    // A direct request to this path gets a 404.
    ProblemAnswer answer = problems.of(code instanceof Integer status ? status : 404);
    if (wantsPage(request)) {
      byte[] page = pages.page(answer.status(), request).html().getBytes(StandardCharsets.UTF_8);
      response.setStatus(answer.status());
      response.setContentType(Pages.MEDIA_TYPE);
      response.setContentLength(page.length);
      response.getOutputStream().write(page);
    } else {
      answer.writeTo(response);
    }
  }

  private static boolean wantsPage(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return accept != null && accept.contains("text/html");
  }
}
