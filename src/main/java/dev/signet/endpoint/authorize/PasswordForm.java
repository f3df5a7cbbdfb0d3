package dev.signet.endpoint.authorize;

import dev.signet.base.settings.value.Limit;
import dev.signet.domain.session.BrowserSession;
import dev.signet.domain.session.BrowserSessions;
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
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The form for replacing a one-time password. */
@Path(Authorization.PASSWORD)
@ApplicationScoped
public class PasswordForm {
  @Inject private Authorization authorization;
  @Inject private FirstPassword firstPassword;
  @Inject private BrowserSessions sessions;
  @Inject private RequestForms forms;
  @Inject private Clock clock;

  /** Replaces the password and continues the authorization request. */
  @POST
  @Limited(Limit.LOGIN_SOURCE)
  @Operation(hidden = true)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response submit(Form form, @Context HttpServletRequest http) {
    return forms.take(
        Authorization.PASSWORD,
        form,
        http,
        (query, secret) -> {
          Visit before = Visit.ofForm(http, secret, sessions, clock.instant());
          return authorization.answer(query, before, request -> step(request, form, before));
        });
  }

  private Response step(AuthorizationRequest request, Form form, Visit before) {
    Optional<BrowserSession> session = before.session();
    Optional<String> fault = session.flatMap(one -> firstPassword.replace(form, one));
    return fault.isPresent()
        ? authorization.showPassword(request, before, session.get(), 400, fault)
        : authorization.proceed(
            request, Visit.ofForm(before.http(), before.secret(), sessions, clock.instant()));
  }
}
