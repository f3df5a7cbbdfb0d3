package dev.signet.endpoint.account;

import dev.signet.base.paging.Page;
import dev.signet.domain.user.User;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of users.
 *
 * @param next the value of {@code after} for the next page, or null
 */
record UserList(List<UserView> items, @Schema(nullable = true) String next) {
  static UserList of(Page<User> page) {
    return new UserList(
        page.items().stream().map(UserView::forAdministrator).toList(), page.next().orElse(null));
  }
}
