package dev.signet.web;

import dev.signet.keys.FormTokens;
import dev.signet.keys.OpaqueToken;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import dev.signet.settings.CookieSettings;
import dev.signet.settings.SessionSettings;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie that knows a browser on Signet's own pages: a random value, which means somebody after
 * a login, and another one then. What it means is known to the database, which has its hash only.
 * It is {@code SameSite=Lax}: it must come along when a client sends the browser here.
 *
 * <p>The forms of these pages need no script to defend themselves: each has a value that Signet
 * computes from the cookie, and nobody else can, so that who has it was shown the page.
 */
@Shared
public class BrowserCookie {
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final CookieSettings settings;
  private final CsrfDefence csrf;
  private final FormTokens forms;
  private final Duration maxAge;

  @Inject
  BrowserCookie(
      CookieSettings settings, SessionSettings sessions, CsrfDefence csrf, FormTokens forms) {
    this.settings = settings;
    this.csrf = csrf;
    this.forms = forms;
    maxAge = sessions.lifetime();
  }

  /** What the browser shows; of two, none. */
  public Optional<OpaqueToken> secret(HttpServletRequest request) {
    List<String> values = Cookies.values(request, settings.browser());
    return values.size() == 1 && SECRET.matcher(values.get(0)).matches()
        ? Optional.of(new OpaqueToken(values.get(0)))
        : Optional.empty();
  }

  /** Puts a secret into an answer, in place of the former one. */
  public Response.ResponseBuilder set(Response.ResponseBuilder answer, OpaqueToken secret) {
    return set(answer, secret.value(), maxAge);
  }

  /** Makes an answer remove it. */
  public Response.ResponseBuilder clear(Response.ResponseBuilder answer) {
    return set(answer, "", Duration.ZERO);
  }

  /**
   * What a form on a page of this browser repeats in its field {@code csrf}.
   *
   * @param form what the form is for: of another one, it is of no use
   */
  public String formToken(OpaqueToken secret, String form) {
    return forms.of(secret, form);
  }

  /**
   * Refuses a form that is not of a page that this browser was shown.
   *
   * @param presented what it repeats
   * @return the browser's secret
   * @throws Refusal {@link Problem#CSRF}
   */
  public OpaqueToken check(HttpServletRequest request, String form, Optional<String> presented) {
    csrf.checkOrigin(request);
    OpaqueToken secret = secret(request).orElseThrow(BrowserCookie::refusal);
    if (!forms.accept(presented.orElse(""), secret, form)) {
      throw refusal();
    }
    return secret;
  }

  /** Whether a form comes from a page that was opened under another name than the issuer's. */
  public boolean isUnderAnotherName(HttpServletRequest request) {
    return csrf.isUnderAnotherName(request);
  }

  private Response.ResponseBuilder set(
      Response.ResponseBuilder answer, String value, Duration age) {
    return answer.header(
        HttpHeaders.SET_COOKIE,
        Cookies.cookie(settings.browser(), value, "/", age) + "Lax; HttpOnly");
  }

  private static Refusal refusal() {
    return new Refusal(
        Problem.CSRF, "The form does not belong to a page that was shown in this browser.");
  }
}
