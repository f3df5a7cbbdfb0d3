package dev.signet.endpoint.authorize;

import dev.signet.base.settings.value.Limit;
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
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The form of the consent page. */
@Path(Authorization.CONSENT)
@ApplicationScoped
public class ConsentForm {
  @Inject private Authorization authorization;
  @Inject private BrowserSessions sessions;
  @Inject private RequestForms forms;
  @Inject private Clock clock;

  /** Processes the decision and continues the authorization request. */
  @POST
  @Limited(Limit.AUTHORIZE_SOURCE)
  @Operation(hidden = true)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response submit(Form form, @Context HttpServletRequest http) {
    return forms.take(
        Authorization.CONSENT,
        form,
        http,
        (query, secret) -> {
          Visit visit = Visit.ofForm(http, secret, sessions, clock.instant());
          boolean allowed = form.required("decision").equals("allow");
          return authorization.answer(
              query, visit, request -> authorization.decided(request, visit, allowed));
        });
  }
}
