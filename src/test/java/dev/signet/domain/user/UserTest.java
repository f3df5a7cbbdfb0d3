package dev.signet.domain.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UserTest {
  private static final Instant NOW = TestUsers.NOW;

  private final User ada = TestUsers.ada();

  @Test
  void newUserIsEnabledAndAsGiven() {
    assertEquals("Ada", ada.username());
    assertEquals("ada", ada.usernameKey());
    assertEquals(Optional.of("Ada@Example.org"), ada.email());
    assertEquals(Set.of(User.USER), ada.groups());
    assertEquals(NOW, ada.createdAt());
    assertEquals(NOW, ada.updatedAt());
    assertTrue(ada.enabled());
    assertFalse(ada.passwordChangeRequired());
  }

  @Test
  void onlyEnabledUsersWhosePasswordHasNotEndedMayLogIn() {
    assertTrue(ada.mayLogIn(NOW));
    ada.expirePasswordAt(NOW.plusSeconds(1));
    assertTrue(ada.mayLogIn(NOW));
    assertFalse(ada.mayLogIn(NOW.plusSeconds(1)));
    User bob = TestUsers.ada();
    bob.enable(false);
    assertFalse(bob.mayLogIn(NOW));
  }

  @Test
  void identifierIsARandomUuid() {
    assertEquals(4, UUID.fromString(ada.id()).version());
    assertNotEquals(ada.id(), TestUsers.ada().id());
  }

  @Test
  void emailAddressMayBeAbsentAndMayGo() {
    User user = new User(Username.parse("ada"), null, true, "hash", Set.of(), NOW);
    ada.changeEmail(null, true);

    assertEquals(Optional.empty(), user.email());
    assertEquals(Optional.empty(), ada.email());
  }

  @Test
  void groupsAreSortedAndReplacedAsAWhole() {
    ada.changeGroups(Set.of("zebra", "admin", "a:b/c.d-e_f"));
    assertEquals(List.of("a:b/c.d-e_f", "admin", "zebra"), List.copyOf(ada.groups()));

    ada.changeGroups(Set.of("user"));
    assertEquals(Set.of("user"), ada.groups());
  }

  @Test
  void userMayBeInNoGroup() {
    ada.changeGroups(Set.of());

    assertEquals(Set.of(), ada.groups());
    assertFalse(ada.isAdministrator());
  }

  @Test
  void groupNameWithASpaceIsRefused() {
    for (String group : List.of("x admin", " ", "")) {
      assertThrows(IllegalArgumentException.class, () -> ada.changeGroups(Set.of(group)), group);
    }
  }

  @Test
  void onlyTheGroupAdminMakesAnAdministrator() {
    for (String group : List.of("Admin", "administrators", "admins", "not-admin", "admin.x")) {
      ada.changeGroups(Set.of(group));
      assertFalse(ada.isAdministrator(), group);
    }
    ada.changeGroups(Set.of("user", "admin"));
    assertTrue(ada.isAdministrator());
  }

  @Test
  void disabledAdministratorIsNone() {
    ada.changeGroups(Set.of("admin"));
    ada.enable(false);
    assertFalse(ada.isAdministrator());

    ada.enable(true);
    assertTrue(ada.isAdministrator());
  }

  @Test
  void oneTimePasswordEndsAtItsEnd() {
    ada.expirePasswordAt(NOW);

    assertTrue(ada.passwordChangeRequired());
    assertFalse(ada.passwordExpired(NOW.minusNanos(1)));
    assertTrue(ada.passwordExpired(NOW));
  }

  @Test
  void ownPasswordNeverEnds() {
    assertFalse(ada.passwordExpired(Instant.MAX));
  }

  @Test
  void textOfAUserHasNothingPrivate() {
    assertEquals("User[" + ada.id() + "]", ada.toString());
  }

  @Test
  void textOfANewUserHasNoHash() {
    String text = TestUsers.newUser("Ada", "the-hash", Set.of()).toString();

    assertEquals("NewUser[ada]", text);
  }
}
