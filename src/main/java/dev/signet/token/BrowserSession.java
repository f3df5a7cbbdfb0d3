package dev.signet.token;

import dev.signet.user.User;
import java.time.Instant;

/**
 * A browser in which somebody is logged in at the authorization endpoint.
 *
 * @param id of its row among the user's sessions
 * @param authenticatedAt when the user last showed a password in it
 */
public record BrowserSession(String id, User user, Instant authenticatedAt) {
  static BrowserSession of(RefreshFamily family, User user) {
    return new BrowserSession(family.id(), user, family.authenticatedAt().toInstant());
  }
}
