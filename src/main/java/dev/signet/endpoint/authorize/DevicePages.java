package dev.signet.endpoint.authorize;

import dev.signet.base.route.Routes;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.client.Client;
import dev.signet.domain.code.DeviceRequest;
import dev.signet.domain.code.UserCode;
import dev.signet.domain.session.BrowserSession;
import dev.signet.web.browser.BrowserCookie;
import dev.signet.web.browser.Visit;
import dev.signet.web.page.ConsentPage;
import dev.signet.web.page.DevicePage;
import dev.signet.web.page.Frame;
import dev.signet.web.page.Hidden;
import dev.signet.web.page.LoginPage;
import dev.signet.web.page.MessagePage;
import dev.signet.web.page.Page;
import dev.signet.web.page.Pages;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** The pages of the device verification. */
@Shared
class DevicePages {
  /** The paths of the forms, below that of the first one. */
  static final String ENTRY = Routes.DEVICE_PAGE.path();

  static final String LOGIN = "/login";
  static final String PASSWORD = "/password";
  static final String DECISION = "/decision";

  /** The field that all forms have. */
  static final String CODE = "user_code";

  private static final int LONGEST_CODE = 32;

  private final Pages pages;
  private final BrowserCookie cookie;

  @Inject
  DevicePages(Pages pages, BrowserCookie cookie) {
    this.pages = pages;
    this.cookie = cookie;
  }

  /** Returns the session if the user is logged in and has no one-time password to replace. */
  static Optional<BrowserSession> maySee(Visit visit) {
    return visit.session().filter(session -> !session.user().passwordChangeRequired());
  }

  /** Returns the purpose of the consent form, which is specific to the code. */
  static String decisionOn(String code) {
    return DECISION + " " + code;
  }

  /**
   * Shows the form for the code, or first a login or the replacement of a one-time password, if
   * needed.
   */
  Response askForCode(Visit visit, String typed) {
    if (visit.session().isEmpty()) {
      return showLogin(
          visit, typed, new SignIn.Outcome(Optional.empty(), 200, "", Optional.empty()));
    }
    if (maySee(visit).isEmpty()) {
      return showPassword(visit, typed, visit.session().get(), Optional.empty());
    }
    return showEntry(visit, 200, typed, Optional.empty());
  }

  Response wrongCode(Visit visit, String typed) {
    return showEntry(visit, 400, typed, Optional.of("device.wrong"));
  }

  Response showLogin(Visit visit, String typed, SignIn.Outcome outcome) {
    Frame frame = frame(visit);
    return answer(
        outcome.status(),
        new LoginPage(
            frame,
            ENTRY + LOGIN,
            List.of(csrf(visit, LOGIN), new Hidden(CODE, shortened(typed))),
            Optional.empty(),
            outcome.username(),
            outcome.fault().map(frame::text)),
        visit);
  }

  Response showPassword(Visit visit, String typed, BrowserSession session, Optional<String> fault) {
    return answer(
        fault.isPresent() ? 400 : 200,
        FirstPassword.page(
            frame(visit),
            ENTRY + PASSWORD,
            List.of(csrf(visit, PASSWORD), new Hidden(CODE, shortened(typed))),
            session,
            fault),
        visit);
  }

  private Response showEntry(Visit visit, int status, String typed, Optional<String> fault) {
    Frame frame = frame(visit);
    return answer(
        status,
        new DevicePage(
            frame, ENTRY, List.of(csrf(visit, ENTRY)), shortened(typed), fault.map(frame::text)),
        visit);
  }

  Response showQuestion(Visit visit, UserCode code, DeviceRequest request, Client client) {
    return answer(
        200,
        new ConsentPage(
            frame(visit),
            ENTRY + DECISION,
            List.of(csrf(visit, decisionOn(code.text())), new Hidden(CODE, code.text())),
            client.name(),
            List.of(),
            visit.session().orElseThrow().user().username(),
            List.copyOf(request.scope().names()),
            Optional.ofNullable(client.metadata().clientUri()),
            Optional.ofNullable(client.metadata().tosUri()),
            Optional.ofNullable(client.metadata().policyUri())),
        visit);
  }

  /** Shows the result of the decision. */
  Response done(Visit visit, String text) {
    return answer(200, MessagePage.done(frame(visit), text), visit);
  }

  private Hidden csrf(Visit visit, String form) {
    return new Hidden(RequestForms.CSRF, cookie.formToken(visit.secret(), form));
  }

  private static String shortened(String typed) {
    return typed.substring(0, Math.min(LONGEST_CODE, typed.length()));
  }

  private Frame frame(Visit visit) {
    return pages.frame(visit.http(), Optional.empty());
  }

  private Response answer(int status, Page page, Visit visit) {
    Response.ResponseBuilder answer = pages.answer(status, page);
    return (visit.isNew() ? cookie.set(answer, visit.secret()) : answer).build();
  }
}
