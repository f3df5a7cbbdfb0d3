package dev.signet.endpoint.grant;

import dev.signet.base.settings.value.Limit;
import dev.signet.domain.audit.AuditLog;
import dev.signet.web.body.Forms;
import dev.signet.web.error.OAuthAnswers;
import dev.signet.web.limit.Limiter;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;

/**
 * Serves the path of {@link TokenEndpoint} without JAX-RS, whose overhead equals three ES256
 * signatures. JAX-RS still handles other spellings of the path, and provides the API description.
 */
@WebServlet("/oauth2/token")
public class TokenServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private static final String METHODS = HttpMethod.POST + ", " + HttpMethod.OPTIONS;

  @Inject private transient TokenEndpoint endpoint;
  @Inject private transient Limiter limiter;
  @Inject private transient AuditLog audit;
  @Inject private transient Forms forms;
  @Inject private transient OAuthAnswers answers;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getMethod().equals(HttpMethod.OPTIONS)) {
      response.setHeader(HttpHeaders.ALLOW, METHODS);
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    try {
      if (!request.getMethod().equals(HttpMethod.POST)) {
        throw new NotAllowedException(METHODS);
      }
      limiter.check(request, Limit.TOKEN_SOURCE);
      audit.admit();
      answers.write(
          endpoint.token(
              request.getHeader("Authorization"), forms.read(request), request, response),
          response);
    } catch (RuntimeException e) {
      answers.write(e, request, response);
    }
  }
}
