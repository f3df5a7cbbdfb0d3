package dev.signet.endpoint.authorize;

import dev.signet.base.oauth.OAuthException;
import dev.signet.base.route.Routes;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.settings.value.Limit;
import dev.signet.domain.session.BrowserSessions;
import dev.signet.web.body.Form;
import dev.signet.web.body.Repeated;
import dev.signet.web.browser.BrowserCookie;
import dev.signet.web.browser.Visit;
import dev.signet.web.limit.Limited;
import dev.signet.web.page.Pages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The authorization endpoint (RFC 6749, section 3.1; OIDC Core, section 3.1.2). */
@Path("authorize")
@Tag(name = "OAuth")
@ApplicationScoped
public class AuthorizationEndpoint {
  private static final Set<String> METHODS =
      Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.OPTIONS);

  @Inject private Authorization authorization;
  @Inject private BrowserSessions sessions;
  @Inject private BrowserCookie cookie;
  @Inject private TokenSettings settings;

  /** Asks the user for a login and a consent, and issues a code to the client. */
  @GET
  @Limited(Limit.AUTHORIZE_SOURCE)
  @Operation(
      summary = "Request an authorization code",
      description =
          "For browsers. The parameters are those of RFC 6749, section 4.1.1, RFC 7636, RFC 8707, and"
              + " OpenID Connect Core 1.0, section 3.1.2.1; response_mode is query or form_post.")
  @APIResponse(
      responseCode = "303",
      description = "Redirect to the client with code or error, state and iss")
  @APIResponse(
      responseCode = "200",
      description = "A page: login, consent, or a form that posts the response to the client")
  @APIResponse(
      responseCode = "400",
      description = "A page: the client is unknown or has not registered the redirect URI")
  public Response authorize(@Context HttpServletRequest http) {
    Visit visit = Visit.of(http, cookie, sessions);
    return authorization.answer(
        Objects.requireNonNullElse(http.getQueryString(), ""),
        visit,
        request -> authorization.proceed(request, visit));
  }

  /**
   * Refuses HEAD, which JAX-RS would process as a GET, so that a code would be issued (RFC 9110,
   * section 9.2.1).
   */
  @HEAD
  @Limited(Limit.AUTHORIZE_SOURCE)
  @Operation(hidden = true)
  public Response askAboutTheAnswer() {
    return Response.status(Response.Status.METHOD_NOT_ALLOWED).allow(METHODS).build();
  }

  /** Lists the allowed methods without HEAD, which JAX-RS would add (RFC 9110, section 9.3.7). */
  @OPTIONS
  @Operation(hidden = true)
  public Response methods() {
    return Response.noContent().allow(METHODS).build();
  }

  /**
   * Accepts the parameters as a form, and redirects the browser to the same URL with them in the
   * query: browsers do not send the cookie with a form of another site, but do after the redirect.
   * Repeated parameters are included, so that the error is returned to the client (RFC 6749,
   * section 4.1.2.1).
   *
   * @throws OAuthException if that URL would be too long
   */
  @POST
  @Limited(Limit.AUTHORIZE_SOURCE)
  @Operation(summary = "Request an authorization code with a form")
  @APIResponse(
      responseCode = "303",
      description = "Redirect to this endpoint with the same parameters")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response authorizeByForm(@Repeated Form form) {
    return Pages.redirect(settings.issuer() + Routes.AUTHORIZATION.path() + "?" + form.asLink())
        .build();
  }
}
