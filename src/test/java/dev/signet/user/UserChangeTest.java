package dev.signet.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.problem.Refusal;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullOptional") // An absent member is null, as it is read from JSON.
class UserChangeTest {
  @Test
  void absentMembersChangeNothing() {
    assertEquals(
        new UserChange(Optional.empty(), Optional.empty(), Optional.empty()), change(null));
  }

  @Test
  void nullRemovesTheEmailAddress() {
    assertEquals(Optional.of(Optional.empty()), change(Optional.empty()).email());
  }

  @Test
  void emailAddressIsParsed() {
    assertEquals(
        Optional.of(Optional.of(EmailAddress.parse("Ada@example.org"))),
        change(Optional.of("Ada@example.org")).email());
    assertThrows(Refusal.class, () -> change(Optional.of("ada")));
  }

  @Test
  void groupsAndEnabledAreTakenAsGiven() {
    UserChange change = UserChange.of(null, Set.of("admin"), false);

    assertEquals(Optional.of(Set.of("admin")), change.groups());
    assertEquals(Optional.of(false), change.enabled());
  }

  private static UserChange change(Optional<String> email) {
    return UserChange.of(email, null, null);
  }
}
