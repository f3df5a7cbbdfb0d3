package dev.signet.web;

import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers what never reached JAX-RS: a plain page for a browser, a problem for everybody else. */
@WebServlet(urlPatterns = "/error")
public class ErrorServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Problems problems;
  @Inject private transient SecurityHeaders headers;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // An error that the server found before any filter.
    headers.set(request, response);
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    // Somebody who asks for this address itself finds nothing here.
    ProblemAnswer answer = problems.of(code instanceof Integer status ? status : 404);
    if (wantsPage(request)) {
      byte[] page =
          """
          <!doctype html>
          <html lang="en">
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width">
          <title>%1$s</title>
          <link rel="stylesheet" href="%3$s/signet.css">
          <main><h1>%1$s</h1><p>%2$s</p><p><a href="%3$s/">Signet</a></p></main>
          """
              .formatted(answer.title(), answer.detail(), request.getContextPath())
              .getBytes(StandardCharsets.UTF_8);
      response.setStatus(answer.status());
      response.setContentType("text/html;charset=UTF-8");
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
