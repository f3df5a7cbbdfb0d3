package dev.signet.web;

import dev.signet.keys.InvalidToken;
import dev.signet.keys.TokenVerifier;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Optional;

/**
 * Finds and checks the access token of a request (RFC 6750, section 2.1): in the {@code
 * Authorization} header only, never in the query, where logs and browser histories keep it.
 */
@Shared
class BearerAuthentication {
  private static final String SCHEME = "Bearer ";

  /** A container may authenticate twice; what the first check found is kept with the request. */
  private static final String CALLER = CallerToken.class.getName();

  private final TokenVerifier verifier;

  @Inject
  BearerAuthentication(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  /**
   * Returns the caller, or nothing if the request has no bearer token.
   *
   * @throws InvalidToken if it has one that does not pass
   */
  Optional<CallerToken> authenticate(HttpServletRequest request) throws InvalidToken {
    if (request.getAttribute(CALLER) instanceof CallerToken known) {
      return Optional.of(known);
    }
    String header = header(request);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    CallerToken caller =
        new CallerToken(verifier.verify(header.substring(SCHEME.length()).strip()));
    request.setAttribute(CALLER, caller);
    return Optional.of(caller);
  }

  /** The caller that was found for this request. */
  static Optional<CallerToken> caller(HttpServletRequest request) {
    return Optional.ofNullable((CallerToken) request.getAttribute(CALLER));
  }

  private static String header(HttpServletRequest request) throws InvalidToken {
    Enumeration<String> headers = request.getHeaders("Authorization");
    if (!headers.hasMoreElements()) {
      return null;
    }
    String first = headers.nextElement();
    if (headers.hasMoreElements()) {
      throw new InvalidToken(InvalidToken.Reason.MALFORMED);
    }
    return first;
  }
}
