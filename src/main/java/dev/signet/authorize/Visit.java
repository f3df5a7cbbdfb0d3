package dev.signet.authorize;

import dev.signet.keys.OpaqueToken;
import dev.signet.token.BrowserSession;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * A browser in which somebody is asked.
 *
 * @param secret that its cookie has, or will have
 * @param isNew whether the cookie is still to be set
 * @param session of who is logged in
 * @param loggedInForThis whether that login was for the request at hand
 */
record Visit(
    HttpServletRequest http,
    OpaqueToken secret,
    boolean isNew,
    Optional<BrowserSession> session,
    boolean loggedInForThis) {

  @Override
  public String toString() {
    return "Visit[" + session + "]";
  }
}
