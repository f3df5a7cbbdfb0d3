package dev.signet.endpoint.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signet.domain.user.User;
import java.time.Instant;
import java.util.SortedSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A user, as the API shows one.
 *
 * @param enabled shown to administrators only
 */
@Schema(name = "User")
record UserView(
    String id,
    String username,
    @Schema(nullable = true) String email,
    SortedSet<String> groups,
    Instant createdAt,
    Instant updatedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) Boolean enabled) {

  static UserView of(User user) {
    return of(user, null);
  }

  static UserView forAdministrator(User user) {
    return of(user, user.enabled());
  }

  private static UserView of(User user, Boolean enabled) {
    return new UserView(
        user.id(),
        user.username(),
        user.email().orElse(null),
        user.groups(),
        user.createdAt(),
        user.updatedAt(),
        enabled);
  }
}
