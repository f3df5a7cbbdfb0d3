package dev.signet.domain.session;

import dev.signet.domain.user.User;
import java.time.Instant;

/**
 * A browser session at the authorization endpoint, in which a user is logged in.
 *
 * @param id the identifier of its session row
 * @param authenticatedAt when the user last logged in with the password in it
 */
public record BrowserSession(String id, User user, Instant authenticatedAt) {
  static BrowserSession of(RefreshFamily family, User user) {
    return new BrowserSession(family.id(), user, family.authenticatedAt().toInstant());
  }
}
