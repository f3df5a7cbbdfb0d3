package dev.signet.endpoint.authorize;

import dev.signet.base.oauth.OAuthException;
import dev.signet.base.problem.Refusal;
import dev.signet.base.route.Routes;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.web.body.Form;
import dev.signet.web.browser.BrowserCookie;
import dev.signet.web.browser.Visit;
import dev.signet.web.page.AgainPage;
import dev.signet.web.page.Frame;
import dev.signet.web.page.Hidden;
import dev.signet.web.page.Pages;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * The forms of an authorization request. A valid form proves that its page was shown in this
 * browser for this request.
 */
@Shared
class RequestForms {
  /** The field that repeats the query of the request. */
  static final String REQUEST = "request";

  static final String CSRF = "csrf";

  private static final String AUTHORIZE = Routes.AUTHORIZATION.path();

  private final BrowserCookie cookie;
  private final Pages pages;
  private final String issuer;

  @Inject
  RequestForms(BrowserCookie cookie, Pages pages, TokenSettings settings) {
    this.cookie = cookie;
    this.pages = pages;
    issuer = settings.issuer();
  }

  /** A step to take with a valid form. */
  interface Step {
    /** Takes the step with the query of the request and the secret of the browser. */
    Response take(String query, OpaqueToken secret);
  }

  /** Returns the hidden fields of a form of this name. */
  List<Hidden> fields(String name, AuthorizationRequest request, Visit visit) {
    String query = request.query();
    return List.of(
        new Hidden(CSRF, cookie.formToken(visit.secret(), formOf(name, query))),
        new Hidden(REQUEST, query));
  }

  /**
   * Processes a form of this name. An outdated form, as after a login in another tab, has no effect
   * and leads to a restart of its request. A form of a page that was opened under a different host
   * name leads to the request under the issuer's name.
   *
   * @throws OAuthException if the form contains no request
   */
  Response take(String name, Form form, HttpServletRequest http, Step step) {
    String query = form.required(REQUEST);
    OpaqueToken secret;
    try {
      secret = cookie.check(http, formOf(name, query), form.text(CSRF));
    } catch (Refusal e) {
      return again(e, Form.ofLink(query), http);
    }
    return step.take(query, secret);
  }

  private Response again(Refusal refusal, Form request, HttpServletRequest http) {
    List<Hidden> parameters =
        request.values().entrySet().stream()
            .flatMap(
                entry -> entry.getValue().stream().map(value -> new Hidden(entry.getKey(), value)))
            .toList();
    Frame frame = pages.frame(http, request.text("ui_locales"));
    return pages
        .answer(
            refusal.problem().status(),
            cookie.isUnderAnotherName(http)
                ? AgainPage.ofAnotherName(frame, issuer, AUTHORIZE, parameters)
                : AgainPage.ofOldPage(frame, AUTHORIZE, parameters))
        .build();
  }

  private static String formOf(String name, String query) {
    return name + " " + query;
  }
}
