package dev.signet.token;

import dev.signet.user.User;
import java.util.Map;

/**
 * Adds an application's own claims to access tokens. Any CDI bean of this type is asked each time a
 * token is issued, outside transactions.
 */
public interface ClaimsContributor {
  /**
   * Returns claims by name: texts, whole numbers, booleans, and lists and maps of these. Names that
   * Signet itself uses are refused with an {@link IllegalStateException}, and no token is issued.
   */
  Map<String, Object> claimsFor(User user);
}
