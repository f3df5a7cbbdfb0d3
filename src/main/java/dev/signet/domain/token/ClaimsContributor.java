package dev.signet.domain.token;

import dev.signet.domain.user.User;
import java.util.Map;

/**
 * Adds an application's own claims to access tokens. Signet calls each CDI bean of this type for
 * each access token of a user, outside transactions.
 */
public interface ClaimsContributor {
  /**
   * Returns claims by name. Values are strings, integers, booleans, and lists and maps of these. A
   * reserved claim name causes an {@link IllegalStateException}, and no token is issued.
   */
  Map<String, Object> claimsFor(User user);
}
