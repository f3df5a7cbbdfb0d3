package dev.signet.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.database.Store;
import dev.signet.database.StoreContract;
import dev.signet.paging.Page;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What {@link Users} promises on every database; each database runs it in {@code persistence}. */
public abstract class UsersContract extends StoreContract {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @Test
  void storedUserComesBackAsItWas() {
    User stored = add(fresh());
    User found = inTransaction(users -> users.find(stored.id())).orElseThrow();

    assertEquals(stored.username(), found.username());
    assertEquals(stored.groups(), found.groups());
    assertEquals(Instant.parse("2026-03-01T12:00:00.123Z"), found.createdAt());
    assertEquals(found.createdAt(), found.updatedAt());
    assertTrue(found.enabled());
    assertFalse(found.passwordChangeRequired());
  }

  @Test
  void timesAreInstantsWhateverTheSessionsTimeZone() throws SQLException {
    String id = add(fresh()).id();
    try (Connection connection = store().database().getConnection();
        Statement statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select extract(epoch from created_at) from users where id = '" + id + "'")) {
      assertTrue(row.next());
      assertEquals(NOW.getEpochSecond(), row.getLong(1));
    }
  }

  @Test
  void usernameIsUniqueByItsKey() {
    String name = fresh();
    add(name);

    Refusal refusal = assertThrows(Refusal.class, () -> add(name.toUpperCase(Locale.ROOT)));

    assertEquals(Problem.NAME_TAKEN, refusal.problem());
    assertEquals("username", refusal.errors().get(0).field());
  }

  @Test
  void emailIsUniqueByItsKeyAndMayBeAbsentOften() {
    String address = fresh() + "@example.org";
    User first = add(fresh());
    User second = add(fresh());
    change(first, address);

    Refusal refusal =
        assertThrows(Refusal.class, () -> change(second, address.toUpperCase(Locale.ROOT)));

    assertEquals(Problem.NAME_TAKEN, refusal.problem());
    assertEquals("email", refusal.errors().get(0).field());
  }

  @Test
  void ofSimultaneousRegistrationsOneWinsAndNoneFails() throws Exception {
    String name = fresh();
    List<String> outcomes =
        Store.atOnce(
            8,
            () -> {
              try {
                add(name);
                return "added";
              } catch (Refusal refusal) {
                return refusal.problem().name();
              }
            });

    assertEquals(1, Collections.frequency(outcomes, "added"), outcomes::toString);
    assertEquals(7, Collections.frequency(outcomes, "NAME_TAKEN"), outcomes::toString);
  }

  @Test
  void administratorsWhoRemoveOneAnotherDoNotBothSucceed() throws Exception {
    inTransaction(UsersContract::forgetAdministrators);
    User ada = promote(add(fresh()));
    User bob = promote(add(fresh()));
    List<User> victims = Collections.synchronizedList(new ArrayList<>(List.of(ada, bob)));

    List<String> outcomes =
        Store.atOnce(
            2,
            () -> {
              User victim = victims.remove(0);
              try {
                inTransaction(
                    users -> {
                      users.delete(victim.id());
                      return null;
                    });
                return "deleted";
              } catch (Refusal refusal) {
                return refusal.problem().name();
              }
            });

    assertEquals(Set.of("deleted", "LAST_ADMINISTRATOR"), Set.copyOf(outcomes), outcomes::toString);
    assertTrue(inTransaction(Users::hasAdministrator));
  }

  @Test
  void disabledAdministratorDoesNotCount() {
    inTransaction(UsersContract::forgetAdministrators);
    User ada = promote(add(fresh()));
    User bob = promote(add(fresh()));
    UserChange disable = new UserChange(Optional.empty(), Optional.empty(), Optional.of(false));
    inTransaction(users -> users.update(bob.id(), disable));

    Refusal refusal =
        assertThrows(Refusal.class, () -> inTransaction(users -> users.update(ada.id(), disable)));

    assertEquals(Problem.LAST_ADMINISTRATOR, refusal.problem());
  }

  @Test
  void groupThatOnlyContainsTheWordAdminIsNone() {
    inTransaction(UsersContract::forgetAdministrators);
    User ada = add(fresh());
    inTransaction(
        users ->
            users.update(
                ada.id(),
                new UserChange(
                    Optional.empty(),
                    Optional.of(Set.of("administrators", "admin.eu")),
                    Optional.empty())));

    assertFalse(inTransaction(Users::hasAdministrator));
  }

  @Test
  void passwordIsReplacedOnlyByWhoKnowsTheOldHash() {
    User ada = add(fresh());

    assertFalse(replacePassword(ada, "x", "new"));
    assertTrue(replacePassword(ada, "hash", "new"));
    User changed = inTransaction(users -> users.find(ada.id())).orElseThrow();
    assertEquals("new", changed.passwordHash());
    assertTrue(changed.passwordExpired(NOW));
    assertFalse(changed.passwordExpired(NOW.minusSeconds(1)));
    assertFalse(replacePassword(ada, "hash", "y"));
  }

  @Test
  void upgradedHashLeavesTheRestAlone() {
    User ada = add(fresh());
    inTransaction(
        users -> {
          users.upgradeHash(ada.id(), "hash", "stronger");
          return null;
        });

    User changed = inTransaction(users -> users.find(ada.id())).orElseThrow();
    assertEquals("stronger", changed.passwordHash());
    assertEquals(ada.updatedAt(), changed.updatedAt());
  }

  @Test
  void changesOfWhoIsNotThereAreRefused() {
    for (Function<Users, Object> change :
        List.<Function<Users, Object>>of(
            users ->
                users.update(
                    "nobody", new UserChange(Optional.empty(), Optional.empty(), Optional.empty())),
            users -> {
              users.delete("nobody");
              return null;
            })) {
      Refusal refusal = assertThrows(Refusal.class, () -> inTransaction(change));
      assertEquals(Problem.NOT_FOUND, refusal.problem());
    }
  }

  @Test
  void pagesAreCompleteAndInOrderThoughTimesAreEqual() {
    for (int i = 0; i < 7; i++) {
      add(fresh());
    }
    for (String sort : List.of("username", "-username", "created_at", "-created_at")) {
      List<String> ids = new ArrayList<>();
      Optional<String> after = Optional.empty();
      do {
        UserQuery query = UserQuery.of("2", sort, null, after.orElse(null));
        Page<User> page = inTransaction(users -> users.list(query));
        page.items().forEach(user -> ids.add(user.id()));
        after = page.next();
      } while (after.isPresent());

      Page<User> whole = inTransaction(users -> users.list(UserQuery.of("100", sort, null, null)));
      assertEquals(whole.items().stream().map(User::id).toList(), ids, sort);
    }
  }

  @Test
  void wildcardsInASearchAreLetters() {
    add(fresh() + "_x");
    for (String wildcard : List.of("%", "!", "_y")) {
      assertEquals(
          List.of(),
          inTransaction(users -> users.list(UserQuery.of("10", "username", wildcard, null)))
              .items(),
          wildcard);
    }
    assertEquals(
        1,
        inTransaction(users -> users.list(UserQuery.of("10", "username", "_X", null)))
            .items()
            .size());
  }

  private static boolean replacePassword(User user, String oldHash, String newHash) {
    return inTransaction(
        users -> users.replacePassword(user.id(), oldHash, newHash, Optional.of(NOW)));
  }

  private static String fresh() {
    return "u" + UUID.randomUUID().toString().replace("-", "");
  }

  private static User add(String name) {
    NewUser account =
        new NewUser(
            Username.parse(name), Optional.empty(), "hash", Set.of(User.USER), Optional.empty());
    return inTransaction(users -> users.add(account));
  }

  private static User promote(User user) {
    return inTransaction(
        users ->
            users.update(
                user.id(),
                new UserChange(
                    Optional.empty(),
                    Optional.of(Set.of(User.USER, User.ADMIN)),
                    Optional.empty())));
  }

  private static User change(User user, String email) {
    return inTransaction(
        users -> users.update(user.id(), UserChange.of(Optional.of(email), null, null)));
  }

  /** Other tests leave administrators behind. */
  private static Void forgetAdministrators(Users users) {
    try {
      store().execute("update users set group_names = ' user '");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return null;
  }

  /** What the container does around a session bean's method. */
  private static <T> T inTransaction(Function<Users, T> work) {
    return store().inTransaction(entities -> work.apply(new Users(entities, CLOCK, change -> {})));
  }
}
