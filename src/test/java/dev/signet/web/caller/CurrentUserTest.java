package dev.signet.web.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.wiring.TestWiring;
import dev.signet.domain.user.RecentUsers;
import dev.signet.domain.user.User;
import dev.signet.domain.user.Users;
import dev.signet.web.mechanism.TestTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CurrentUserTest {
  private final List<String> lookups = new ArrayList<>();

  @Test
  void accountIsThatOfTheSubjectAndLookedUpOnce() {
    User ada = new User() {};
    CurrentUser current = current(Optional.of(ada));

    assertEquals("42", current.id());
    assertEquals(List.of(), lookups);
    assertSame(ada, current.get());
    assertSame(ada, current.get());
    assertEquals(List.of("42"), lookups);
  }

  @Test
  void deletedAccountIsNotFound() {
    CurrentUser current = current(Optional.empty());

    assertEquals(Problem.NOT_FOUND, assertThrows(Refusal.class, () -> current.get()).problem());
  }

  private CurrentUser current(Optional<User> found) {
    Users users =
        new Users() {
          @Override
          public Optional<User> find(String id) {
            lookups.add(id);
            return found;
          }
        };
    return TestWiring.make(
        CurrentUser.class,
        TestWiring.make(RecentUsers.class, users),
        new CallerToken(TestTokens.verified(Map.of("sub", "42", "upn", "Ada"))));
  }
}
