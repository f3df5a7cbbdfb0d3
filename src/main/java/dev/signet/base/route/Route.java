package dev.signet.base.route;

import java.util.Optional;

/**
 * One row of {@link Routes}.
 *
 * @param path from the context root on, with a slash before it
 * @param subtree whether the paths below it are of this route, too
 * @param crossOrigin the methods by which pages of all origins may call it, for {@code
 *     Access-Control-Allow-Methods}; empty where a cookie means something
 * @param safeGet whether GET changes nothing, so that HEAD is taken as well; it gives a code or
 *     ends a session elsewhere
 * @param counting which requests count against limits of their source
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

  /** In which words it answers. */
  public enum Kind {
    /** Signet's own API: {@code application/problem+json} (RFC 9457). */
    API,
    /** A protocol of OAuth: the error of RFC 6749, section 5.2. */
    OAUTH,
    /** HTML, for people. */
    PAGE,
    /** Public documents at well-known addresses (RFC 8615). */
    WELL_KNOWN,
    METRICS,
    /** A file of the WAR, or nothing at all. */
    FILE
  }

  /** Who may call, by what the request shows. */
  public enum Caller {
    /** A user, by an access token in the header or in the cookie. */
    USER,
    /** As {@link #USER}; without a token, everyone. */
    USER_OR_ANYONE,
    /** Everyone; a token in the header is checked all the same, and a cookie is not read. */
    ANYONE,
    /** An access token in the header, or a rule of the endpoint's own; a cookie is not read. */
    TOKEN,
    /** An access token for any audience (OpenID Connect Core 1.0, section 5.3). */
    TOKEN_FOR_ANY_AUDIENCE,
    /** A client, by its credentials or a token of its own, which the endpoint checks. */
    CLIENT,
    /** A person, by what the pages set in the browser. */
    BROWSER,
    /** Nobody in particular: an {@code Authorization} header is not looked at. */
    PUBLIC
  }

  /** What requests bring. */
  public enum Body {
    JSON,
    FORM
  }

  /** Which requests count against the limits of where they come from. */
  public enum Counting {
    /** Each, whatever becomes of it. */
    EACH,
    /** Those that the endpoint counts. */
    BY_ENDPOINT,
    NONE
  }

  public boolean isApi() {
    return kind == Kind.API;
  }

  /** Whether it is of OAuth or OpenID Connect, their pages included. */
  public boolean isOAuth() {
    return kind == Kind.OAUTH || kind == Kind.PAGE;
  }

  /** Whether a browser shows the answer to a person. */
  public boolean isPage() {
    return kind == Kind.PAGE;
  }

  /** Whether a cookie may tell who the caller is. */
  public boolean takesCookies() {
    return caller == Caller.USER || caller == Caller.USER_OR_ANYONE;
  }

  /**
   * Whether an {@code Authorization} header is judged as an access token, rather than by the
   * endpoint, which takes other credentials and refuses in its own words (RFC 6749, section 5.2;
   * RFC 7592).
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
