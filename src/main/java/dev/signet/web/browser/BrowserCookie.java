package dev.signet.web.browser;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.CookieSettings;
import dev.signet.base.settings.SessionSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.keys.FormTokens;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie that identifies a browser on Signet's own pages. Its value is random and is replaced
 * at a login. The database stores its hash and the session. It is {@code SameSite=Lax}, because it
 * must be sent when a client redirects the browser to Signet.
 *
 * <p>The forms of these pages have CSRF protection without scripts: each form contains a value that
 * only Signet can compute from the cookie, so that a form with this value comes from a page that
 * was shown in this browser.
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

  /** Returns the value of the browser's cookie; empty if there are two. */
  public Optional<OpaqueToken> secret(HttpServletRequest request) {
    List<String> values = Cookies.values(request, settings.browser());
    return values.size() == 1 && SECRET.matcher(values.get(0)).matches()
        ? Optional.of(new OpaqueToken(values.get(0)))
        : Optional.empty();
  }

  /** Sets the cookie in a response, in place of the previous one. */
  public Response.ResponseBuilder set(Response.ResponseBuilder answer, OpaqueToken secret) {
    return set(answer, secret.value(), maxAge);
  }

  /** Removes the cookie in a response. */
  public Response.ResponseBuilder clear(Response.ResponseBuilder answer) {
    return set(answer, "", Duration.ZERO);
  }

  /**
   * Returns the value of the field {@code csrf} of a form shown in this browser.
   *
   * @param form the purpose of the form: the value is valid only for it
   */
  public String formToken(OpaqueToken secret, String form) {
    return forms.of(secret, form);
  }

  /**
   * Refuses a form that does not come from a page shown in this browser.
   *
   * @param presented the value of the field {@code csrf}
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

  /**
   * Whether a form comes from a page that was opened under a different host name than the issuer's.
   */
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
