package dev.signet.base.route;

import java.util.Optional;

/**
 * One row of {@link Routes}.
 *
 * @param path relative to the context root, with a leading slash
 * @param subtree whether the route includes the paths below it
 * @param crossOrigin the methods with which pages of all origins may call it, for {@code
 *     Access-Control-Allow-Methods}; empty for routes that accept cookies
 * @param safeGet whether GET has no effect, so that HEAD is accepted as well; other routes issue a
 *     code or end a session on GET
 * @param counting which requests count against the rate limits of their source
 * @param described whether the API description has it
 */
public record Route(
    String path,
    boolean subtree,
    Kind kind,
    Caller caller,
    Body body,
    Optional<String> crossOrigin,
    boolean safeGet,
    Counting counting,
    boolean described) {

  /** The format of its responses. */
  public enum Kind {
    /** Signet's own API: {@code application/problem+json} (RFC 9457). */
    API,
    /** An OAuth protocol: errors of RFC 6749, section 5.2. */
    OAUTH,
    /** HTML, for users. */
    PAGE,
    /** Public documents at well-known addresses (RFC 8615). */
    WELL_KNOWN,
    METRICS,
    /** A static file of the WAR, or a path that does not exist. */
    FILE
  }

  /** The permitted callers, by the credentials in the request. */
  public enum Caller {
    /** A user, by an access token in the header or in the cookie. */
    USER,
    /** A user as in {@link #USER}, or any caller without a token. */
    USER_OR_ANYONE,
    /** Any caller. A token in the header is verified nevertheless; a cookie is ignored. */
    ANYONE,
    /**
     * A caller with an access token in the header, or according to the endpoint's own rule. A
     * cookie is ignored.
     */
    TOKEN,
    /** A caller with an access token for any audience (OpenID Connect Core 1.0, section 5.3). */
    TOKEN_FOR_ANY_AUDIENCE,
    /** A client, by its credentials or a token of its own, which the endpoint checks. */
    CLIENT,
    /** A user in a browser, identified by the cookie of Signet's pages. */
    BROWSER,
    /** Any caller. An {@code Authorization} header is ignored. */
    PUBLIC
  }

  /** The body of requests. */
  public enum Body {
    JSON,
    FORM
  }

  /** The requests that count against the rate limits of their source. */
  public enum Counting {
    /** All requests, including those that fail. */
    EACH,
    /** Requests that the endpoint counts itself. */
    BY_ENDPOINT,
    NONE
  }

  public boolean isApi() {
    return kind == Kind.API;
  }

  /** Whether it belongs to OAuth or OpenID Connect, including their pages. */
  public boolean isOAuth() {
    return kind == Kind.OAUTH || kind == Kind.PAGE;
  }

  /** Whether the response is shown to a user in a browser. */
  public boolean isPage() {
    return kind == Kind.PAGE;
  }

  /** Whether the caller may be authenticated by a cookie. */
  public boolean takesCookies() {
    return caller == Caller.USER || caller == Caller.USER_OR_ANYONE;
  }

  /**
   * Whether an {@code Authorization} header is verified as an access token. Other endpoints read
   * the header themselves, with other credentials and their own errors (RFC 6749, section 5.2; RFC
   * 7592).
   */
  public boolean takesAccessTokens() {
    return switch (caller) {
      case USER, USER_OR_ANYONE, ANYONE, TOKEN, TOKEN_FOR_ANY_AUDIENCE -> true;
      case CLIENT, BROWSER, PUBLIC -> false;
    };
  }

  Route below() {
    return new Route(path, true, kind, caller, body, crossOrigin, safeGet, counting, described);
  }

  Route by(Caller other) {
    return new Route(path, subtree, kind, other, body, crossOrigin, safeGet, counting, described);
  }

  Route taking(Body other) {
    return new Route(path, subtree, kind, caller, other, crossOrigin, safeGet, counting, described);
  }

  Route openTo(String methods) {
    return new Route(
        path, subtree, kind, caller, body, Optional.of(methods), safeGet, counting, described);
  }

  Route acting() {
    return new Route(path, subtree, kind, caller, body, crossOrigin, false, counting, described);
  }

  Route uncounted() {
    return new Route(
        path, subtree, kind, caller, body, crossOrigin, safeGet, Counting.NONE, described);
  }

  Route undescribed() {
    return new Route(path, subtree, kind, caller, body, crossOrigin, safeGet, counting, false);
  }
}
