package dev.signet.domain.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.problem.Refusal;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  /** Thirty names of 64 ASCII characters fit; of letters with three bytes each, ten do. */
  @Test
  void groupsAreBoundedByTheSpaceTheyTakeInTokens() {
    assertEquals(30, UserChange.of(null, groups("g", 30), null).groups().orElseThrow().size());
    assertEquals(10, UserChange.of(null, groups("\u7d44", 10), null).groups().orElseThrow().size());

    Refusal refusal =
        assertThrows(Refusal.class, () -> UserChange.of(null, groups("\u7d44", 11), null));

    assertEquals("groups", refusal.errors().get(0).field());
    assertTrue(refusal.errors().get(0).message().contains("2048 bytes"));
  }

  /** Names of 64 letters, the last two of which are a number. */
  private static Set<String> groups(String letter, int count) {
    return IntStream.range(10, 10 + count)
        .mapToObj(i -> letter.repeat(62) + i)
        .collect(Collectors.toSet());
  }

  private static UserChange change(Optional<String> email) {
    return UserChange.of(email, null, null);
  }
}
