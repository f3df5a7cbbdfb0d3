package dev.signet.web.error;

import dev.signet.base.oauth.OAuthException;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.web.body.Form;
import dev.signet.web.browser.CsrfDefence;
import dev.signet.web.page.Frame;
import dev.signet.web.page.MessagePage;
import dev.signet.web.page.Pages;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;

/** Error pages for users. */
@Shared
class ErrorPages {
  private final Pages pages;
  private final CsrfDefence csrf;
  private final String issuer;

  @Inject
  ErrorPages(Pages pages, CsrfDefence csrf, TokenSettings settings) {
    this.pages = pages;
    this.csrf = csrf;
    issuer = settings.issuer();
  }

  /**
   * Returns the page for an invalid request of a client that cannot be redirected back to the
   * client.
   *
   * @param detail a public description for the client's developer
   */
  Response.ResponseBuilder ofRequest(String detail, HttpServletRequest request) {
    return answer(400, "request", Optional.of(detail), request);
  }

  /** Returns the page for an error with its own texts. */
  Response.ResponseBuilder of(int status, String kind, HttpServletRequest request) {
    return answer(status, kind, Optional.empty(), request);
  }

  Response.ResponseBuilder of(Refusal refusal, HttpServletRequest request) {
    Problem problem = refusal.problem();
    if (problem == Problem.CSRF && csrf.isUnderAnotherName(request)) {
      return pages.answer(
          problem.status(), MessagePage.error(frame(request), "address", Optional.empty(), issuer));
    }
    Response.ResponseBuilder answer =
        answer(problem.status(), problem.slug(), Optional.empty(), request);
    refusal
        .retryAfterSeconds()
        .ifPresent(seconds -> answer.header(HttpHeaders.RETRY_AFTER, seconds));
    return answer;
  }

  /** Returns the page for a status code. */
  MessagePage page(int status, HttpServletRequest request) {
    String kind = status == 404 ? Problem.NOT_FOUND.slug() : "other";
    return MessagePage.error(frame(request), kind, Optional.empty());
  }

  private Response.ResponseBuilder answer(
      int status, String kind, Optional<String> detail, HttpServletRequest request) {
    return pages.answer(status, MessagePage.error(frame(request), kind, detail));
  }

  private Frame frame(HttpServletRequest request) {
    return pages.frame(request, uiLocales(request));
  }

  /** Returns the languages that a client requests, even if the rest of the request is invalid. */
  private static Optional<String> uiLocales(HttpServletRequest request) {
    try {
      return Form.read(Objects.requireNonNullElse(request.getQueryString(), "")).text("ui_locales");
    } catch (OAuthException e) {
      return Optional.empty();
    }
  }
}
