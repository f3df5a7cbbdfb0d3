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
 * The forms of pages that belong to one authorization request: who has one was shown its page, and
 * so has logged in as that request asks.
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

  /** What is done with a form that this browser was shown. */
  interface Step {
    /** Goes on with the query of its request, and what the browser has shown. */
    Response take(String query, OpaqueToken secret);
  }

  /** The fields that a form of this name repeats. */
  List<Hidden> fields(String name, AuthorizationRequest request, Visit visit) {
    String query = request.query();
    return List.of(
        new Hidden(CSRF, cookie.formToken(visit.secret(), formOf(name, query))),
        new Hidden(REQUEST, query));
  }

  /**
   * Takes a form of this name. One that is too old, as after a login in another tab, does nothing,
   * but leads back into its request, which begins anew like any link to it; one of a page that was
   * opened under another name leads there under the issuer's.
   *
   * @throws OAuthException if it repeats no request
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
