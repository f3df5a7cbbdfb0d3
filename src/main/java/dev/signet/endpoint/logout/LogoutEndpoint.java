package dev.signet.endpoint.logout;

import dev.signet.base.oauth.OAuthException;
import dev.signet.base.route.Routes;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.settings.value.Limit;
import dev.signet.domain.client.Client;
import dev.signet.domain.session.BrowserSession;
import dev.signet.domain.session.BrowserSessions;
import dev.signet.web.body.Form;
import dev.signet.web.browser.BrowserCookie;
import dev.signet.web.limit.Limited;
import dev.signet.web.page.Frame;
import dev.signet.web.page.Hidden;
import dev.signet.web.page.LogoutPage;
import dev.signet.web.page.MessagePage;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The end session endpoint (OpenID Connect RP-Initiated Logout 1.0): logs out the browser, and ends
 * the sessions granted in it. The user is asked for confirmation (section 2), because any page can
 * send a browser here, unless the client presents an ID token that was issued in this browser's
 * session. An ID token never ends the session of a different browser.
 */
@Path("logout")
@Tag(name = "OAuth")
@ApplicationScoped
public class LogoutEndpoint {
  private static final String FORM = "logout";
  private static final String CONFIRMATION = "confirmation";
  private static final String REQUEST = "request";
  private static final String CSRF = "csrf";

  private static final Set<String> METHODS =
      Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.OPTIONS);

  @Inject private LogoutRequests requests;
  @Inject private BrowserSessions sessions;
  @Inject private BrowserCookie cookie;
  @Inject private Pages pages;
  @Inject private TokenSettings settings;

  /**
   * Logs out, or asks for confirmation.
   *
   * @throws OAuthException if the request is invalid
   */
  @GET
  @Limited(Limit.AUTHORIZE_SOURCE)
  @Operation(
      hidden =
          true) // Described in ApiDescription, because the scanner confuses it with /api/logout.
  public Response logOut(@Context HttpServletRequest http) {
    String query = Objects.requireNonNullElse(http.getQueryString(), "");
    LogoutRequest request = requests.read(query);
    Optional<OpaqueToken> secret = cookie.secret(http);
    Optional<BrowserSession> session = secret.flatMap(shown -> sessions.find(shown.value()));
    if (session.filter(one -> !isOfItsClient(request, one)).isPresent()) {
      return pages.answer(200, question(request, query, session.get(), secret.get(), http)).build();
    }
    session.ifPresent(one -> sessions.end(secret.get().value()));
    request.hint().ifPresent(sessions::endForgotten);
    return done(request, http);
  }

  /**
   * Refuses HEAD, which JAX-RS would process as a GET that ends the session (RFC 9110, section
   * 9.2.1).
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
   *
   * @throws OAuthException if a parameter is repeated
   */
  @POST
  @Limited(Limit.AUTHORIZE_SOURCE)
  @Operation(hidden = true)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response logOutByForm(Form form) {
    return Pages.redirect(settings.issuer() + Routes.LOGOUT_PAGE.path() + "?" + form.asLink())
        .build();
  }

  /** Processes the confirmation. */
  @POST
  @Path(CONFIRMATION)
  @Limited(Limit.AUTHORIZE_SOURCE)
  @Operation(hidden = true)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response confirm(Form form, @Context HttpServletRequest http) {
    OpaqueToken secret = cookie.check(http, FORM, form.text(CSRF));
    LogoutRequest request = requests.read(form.text(REQUEST).orElse(""));
    if (!form.required("decision").equals("logout")) {
      return pages.answer(200, MessagePage.done(frame(request, http), "still-logged-in")).build();
    }
    sessions.end(secret.value());
    request.hint().ifPresent(sessions::endForgotten);
    return done(request, http);
  }

  private boolean isOfItsClient(LogoutRequest request, BrowserSession session) {
    return request.hint().filter(hint -> sessions.isOf(hint, session)).isPresent();
  }

  private LogoutPage question(
      LogoutRequest request,
      String query,
      BrowserSession session,
      OpaqueToken secret,
      HttpServletRequest http) {
    return new LogoutPage(
        frame(request, http),
        Routes.LOGOUT_PAGE.path() + "/" + CONFIRMATION,
        List.of(new Hidden(CSRF, cookie.formToken(secret, FORM)), new Hidden(REQUEST, query)),
        request.client().map(Client::name),
        session.user().username());
  }

  private Response done(LogoutRequest request, HttpServletRequest http) {
    Response.ResponseBuilder answer =
        request
            .destination()
            .map(Pages::redirect)
            .orElseGet(() -> pages.answer(200, loggedOut(request, http)));
    return cookie.clear(answer).build();
  }

  private MessagePage loggedOut(LogoutRequest request, HttpServletRequest http) {
    MessagePage page = MessagePage.done(frame(request, http), "logged-out");
    return request
        .client()
        .map(client -> page.withLogin(client.name(), client.loginAddress(settings.issuer())))
        .orElse(page);
  }

  private Frame frame(LogoutRequest request, HttpServletRequest http) {
    return pages.frame(http, request.uiLocales());
  }
}
