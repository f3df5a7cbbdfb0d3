package dev.signet.endpoint.authorize;

import dev.signet.base.settings.value.Limit;
import dev.signet.web.body.Form;
import dev.signet.web.browser.Visit;
import dev.signet.web.limit.Limited;
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
  @Inject private RequestForms forms;

  /** Logs the user in and continues the authorization request. */
  @POST
  @Limited(Limit.LOGIN_SOURCE)
  @Operation(hidden = true)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response submit(Form form, @Context HttpServletRequest http) {
    return forms.take(
        Authorization.LOGIN,
        form,
        http,
        (query, secret) -> {
          Visit before = new Visit(http, secret, false, Optional.empty(), false);
          return authorization.answer(query, before, request -> step(request, form, before));
        });
  }

  private Response step(AuthorizationRequest request, Form form, Visit before) {
    if (form.text("cancel").isPresent()) {
      throw Authorization.denied();
    }
    SignIn.Outcome outcome = signIn.take(form, before);
    return outcome
        .visit()
        .map(
            after ->
                authorization.answer(
                    request.query(), after, same -> authorization.proceed(same, after)))
        .orElseGet(
            () ->
                authorization.showLogin(
                    request, before, outcome.status(), outcome.username(), outcome.fault()));
  }
}
