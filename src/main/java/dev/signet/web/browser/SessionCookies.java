package dev.signet.web.browser;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.route.Routes;
import dev.signet.base.settings.CookieSettings;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TokenSettings.Verifier;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.InvalidToken.Reason;
import dev.signet.domain.token.TokenPair;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The three cookies that carry a session in a browser (RFC 6265bis): the access token and the
 * refresh token, which scripts cannot read, and the CSRF value, which scripts repeat in a header.
 */
@Shared
public class SessionCookies {
  private final CookieSettings settings;
  private final Origins origins;
  private final String refreshPath;
  private final Verifier verifier;

  /**
   * All cookies have the maximum lifetime of a session. The server decides when a session ends; an
   * expired access token still identifies its session at a logout.
   */
  private final Duration maxAge;

  @Inject
  public SessionCookies(CookieSettings settings, Settings all, Origins origins) {
    this.settings = settings;
    this.origins = origins;
    refreshPath = all.issuer().getRawPath() + Routes.REFRESH.path();
    verifier = all.token().verifier();
    maxAge = all.refresh().lifetime();
  }

  /**
   * Returns the access token.
   *
   * @throws InvalidToken if there are two, as one may come from an attacker
   */
  public Optional<String> access(HttpServletRequest request) throws InvalidToken {
    List<String> values = Cookies.values(request, settings.access());
    if (values.size() > 1) {
      throw new InvalidToken(Reason.MALFORMED);
    }
    return values.stream().findFirst();
  }

  /** Returns the refresh token; empty if there are two. */
  public Optional<String> refresh(HttpServletRequest request) {
    List<String> values = Cookies.values(request, settings.refresh());
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  /**
   * Refuses the delivery by cookie if the server verifies tokens, because its verification only
   * reads the header.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT}
   */
  public void refuseIfUnread() {
    if (verifier == Verifier.CONTAINER) {
      throw Refusal.of(Problem.INVALID_INPUT, "delivery", "cookie is not supported by this server");
    }
  }

  /**
   * Sets the cookies of a new or refreshed session in a response.
   *
   * @throws Refusal {@link Problem#INVALID_REFRESH_TOKEN} for a session that was started without
   *     cookies
   */
  public Response.ResponseBuilder set(
      Response.ResponseBuilder answer, TokenPair tokens, HttpServletRequest request) {
    String csrf =
        tokens
            .csrf()
            .orElseThrow(
                () ->
                    new Refusal(
                        Problem.INVALID_REFRESH_TOKEN, "The session was started without cookies."));
    all(tokens.accessToken().value(), tokens.refreshToken().orElseThrow(), csrf, maxAge)
        .forEach(cookie -> answer.header(HttpHeaders.SET_COOKIE, cookie));
    return isUnreadableFor(request) ? answer.header(CsrfDefence.HEADER, csrf) : answer;
  }

  /** Removes the cookies in a response. */
  public Response.ResponseBuilder clear(Response.ResponseBuilder answer) {
    all("", "", "", Duration.ZERO).forEach(cookie -> answer.header(HttpHeaders.SET_COOKIE, cookie));
    return answer;
  }

  /** Returns the cookie with a renewed access token, as a value of {@code Set-Cookie}. */
  String renewed(TokenPair tokens) {
    return access(tokens.accessToken().value(), maxAge);
  }

  /** Whether the request is from a page of another origin, which cannot read Signet's cookies. */
  boolean isUnreadableFor(HttpServletRequest request) {
    return origins.isListed(request.getHeader("Origin"));
  }

  private List<String> all(String access, String refresh, String csrf, Duration age) {
    return List.of(
        access(access, age),
        cookie(settings.refresh(), refresh, refreshPath, age) + "; HttpOnly",
        cookie(settings.csrf(), csrf, "/", age));
  }

  private String access(String token, Duration age) {
    return cookie(settings.access(), token, "/", age) + "; HttpOnly";
  }

  private String cookie(String name, String value, String path, Duration age) {
    return Cookies.cookie(name, value, path, age) + settings.sameSite().attribute();
  }
}
