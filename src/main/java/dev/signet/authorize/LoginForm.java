package dev.signet.authorize;

import dev.signet.keys.OpaqueToken;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import dev.signet.settings.Limit;
import dev.signet.token.BrowserSession;
import dev.signet.web.BrowserCookie;
import dev.signet.web.Form;
import dev.signet.web.Limited;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The form of the login page. */
@Path(Authorization.LOGIN)
@ApplicationScoped
public class LoginForm {
  @Inject private Authorization authorization;
  @Inject private SignIn signIn;
  @Inject private BrowserCookie cookie;

  /** Logs somebody in, and goes on with what a client has asked for. */
  @POST
  @Limited(Limit.LOGIN_SOURCE)
  @Operation(hidden = true)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response submit(Form form, @Context HttpServletRequest http) {
    OpaqueToken shown = cookie.check(http, Authorization.LOGIN, form.text(Authorization.CSRF));
    Visit before = new Visit(http, shown, false, Optional.empty(), false);
    return authorization.answer(
        form.required(Authorization.REQUEST), before, request -> step(request, form, before));
  }

  private Response step(AuthorizationRequest request, Form form, Visit before) {
    if (form.text("cancel").isPresent()) {
      throw Authorization.denied();
    }
    String username = form.text("username").orElse("");
    Optional<String> password = form.text("password");
    if (username.isEmpty() || password.isEmpty()) {
      return again(request, before, 400, username, "login.incomplete");
    }
    OpaqueToken secret = OpaqueToken.random();
    BrowserSession session;
    try {
      session = signIn.signIn(username, password.get(), before.http(), secret, before.secret());
    } catch (Refusal e) {
      if (e.problem() != Problem.INVALID_CREDENTIALS && e.problem() != Problem.INVALID_INPUT) {
        throw e;
      }
      return again(request, before, e.problem().status(), username, "login.wrong");
    }
    Visit after = new Visit(before.http(), secret, true, Optional.of(session), true);
    return authorization.answer(request.query(), after, same -> authorization.proceed(same, after));
  }

  private Response again(
      AuthorizationRequest request, Visit before, int status, String username, String fault) {
    return authorization.showLogin(request, before, status, username, Optional.of(fault));
  }
}
