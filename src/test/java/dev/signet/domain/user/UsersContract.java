package dev.signet.domain.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.paging.Page;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.HashingSettings;
import dev.signet.base.settings.RegistrationSettings.Reveal;
import dev.signet.base.wiring.TestWiring;
import dev.signet.domain.account.Accounts;
import dev.signet.domain.credential.Passwords;
import dev.signet.domain.database.Store;
import dev.signet.domain.database.StoreContract;
import dev.signet.domain.guard.HashingBulkhead;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@link Users} promises on every database; each database runs it in {@code persistence}. */
public class UsersContract extends StoreContract {
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
  void internationalisedDomainIsOneDomainInBothItsForms() throws SQLException {
    String name = fresh();
    User first = add(fresh());
    User second = add(fresh());
    change(first, name + "@b\u00FCcher.example");

    Refusal refusal =
        assertThrows(Refusal.class, () -> change(second, name + "@xn--bcher-kva.example"));

    assertEquals(Problem.NAME_TAKEN, refusal.problem());
    assertEquals(List.of(first.id()), claims(name + "@xn--bcher-kva.example"));
    for (String search : List.of(name + "@b\u00FCcher.ex", name + "@xn--bcher")) {
      assertEquals(
          List.of(first.id()),
          inTransaction(users -> users.list(UserQuery.of("10", "username", search, null)))
              .items()
              .stream()
              .map(User::id)
              .toList());
    }
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
  void takenAddressThatIsNotToldIsKeptWithoutAClaim() throws SQLException {
    String address = fresh() + "@example.org";
    User first = register(Reveal.NAMES, fresh(), address);
    User second = register(Reveal.NAMES, fresh(), address.toUpperCase(Locale.ROOT));
    User third = add(fresh());

    assertEquals(Optional.of(address.toUpperCase(Locale.ROOT)), reload(second).email());
    assertEquals(List.of(first.id()), claims(address));
    Refusal refusal = assertThrows(Refusal.class, () -> change(third, address));
    assertEquals(Problem.NAME_TAKEN, refusal.problem());
    assertEquals(
        Set.of(first.id(), second.id()),
        inTransaction(users -> users.list(UserQuery.of("10", "username", address, null)))
            .items()
            .stream()
            .map(User::id)
            .collect(Collectors.toSet()));
  }

  @Test
  void changeToATakenAddressLooksLikeOneToAFreeAddress() throws SQLException {
    String address = fresh() + "@example.org";
    User first = register(Reveal.NAMES, fresh(), address);
    User second = add(fresh());
    Accounts accounts = accounts(Reveal.NAMES);
    UserChange change = UserChange.of(Optional.of(address), null, null);

    assertEquals(Optional.of(address), accounts.changeOwn(second.id(), change).email());
    assertEquals(List.of(first.id()), claims(address));
    accounts.changeOwn(first.id(), change);
    assertEquals(List.of(first.id()), claims(address), "the own claim stays");

    accounts.changeOwn(first.id(), UserChange.of(Optional.empty(), null, null));
    assertEquals(List.of(), claims(address));
    accounts.changeOwn(second.id(), change);
    assertEquals(List.of(second.id()), claims(address), "a claim that nobody has can be made");
  }

  @Test
  void takenAddressIsToldWhereThatIsConfigured() {
    String address = fresh() + "@example.org";
    register(Reveal.ALL, fresh(), address);
    User second = add(fresh());

    for (Callable<User> attempt :
        List.<Callable<User>>of(
            () -> register(Reveal.ALL, fresh(), address),
            () ->
                accounts(Reveal.ALL)
                    .changeOwn(second.id(), UserChange.of(Optional.of(address), null, null)))) {
      Refusal refusal = assertThrows(Refusal.class, attempt::call);
      assertEquals(Problem.NAME_TAKEN, refusal.problem());
      assertEquals("email", refusal.errors().get(0).field());
    }
  }

  @Test
  void takenNameIsToldUnlessNothingIs() {
    String name = fresh();
    add(name);

    for (Reveal reveal : List.of(Reveal.ALL, Reveal.NAMES)) {
      Refusal refusal =
          assertThrows(Refusal.class, () -> register(reveal, name, fresh() + "@example.org"));
      assertEquals("username", refusal.errors().get(0).field());
    }
  }

  @Test
  void takenNameThatIsNotToldLooksLikeAFreeOneAndStoresNothing() throws SQLException {
    String name = fresh();
    User first = add(name);
    String address = fresh() + "@example.org";
    int before = store().count("users");

    User answer = register(Reveal.NONE, name.toUpperCase(Locale.ROOT), address);

    assertEquals(before, store().count("users"));
    assertEquals(List.of(), claims(address));
    assertEquals("hash", reload(first).passwordHash());
    assertEquals(name.toUpperCase(Locale.ROOT), answer.username());
    assertEquals(Optional.of(address), answer.email());
    assertEquals(first.groups(), answer.groups());
    assertEquals(first.createdAt(), answer.createdAt());
    assertEquals(answer.createdAt(), answer.updatedAt());
    assertNotEquals(first.id(), answer.id());
    assertEquals(36, answer.id().length());
  }

  @Test
  void ofSimultaneousRegistrationsOfOneAddressAllSucceedAndOneHasTheClaim() throws Exception {
    String address = fresh() + "@example.org";

    List<User> made = Store.atOnce(8, () -> register(Reveal.NAMES, fresh(), address));

    assertEquals(1, claims(address).size());
    for (User user : made) {
      assertEquals(Optional.of(address), reload(user).email());
    }
  }

  @Test
  void ofSimultaneousRegistrationsOfOneNameThatIsNotToldAllLookAlikeAndOneIsStored()
      throws Exception {
    String name = fresh();

    List<User> answers =
        Store.atOnce(8, () -> register(Reveal.NONE, name, fresh() + "@example.org"));

    assertEquals(8, answers.stream().map(User::id).distinct().count());
    assertTrue(answers.stream().allMatch(user -> user.username().equals(name)));
    assertEquals(1, store().count("users where username_key = '" + name + "'"));
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

  private static User register(Reveal reveal, String name, String address) {
    return accounts(reveal)
        .register(
            Username.parse(name),
            TestUsers.GOOD_PASSWORD,
            Optional.of(EmailAddress.parse(address)));
  }

  /** As the container puts them together: each call of {@link Users} is a transaction. */
  private static Accounts accounts(Reveal reveal) {
    Users transacted =
        new Users() {
          @Override
          public User add(NewUser account, Reveal mayTell) {
            return inTransaction(users -> users.add(account, mayTell));
          }

          @Override
          public User update(String id, UserChange change, Reveal mayTell) {
            return inTransaction(users -> users.update(id, change, mayTell));
          }
        };
    HashingSettings roomy = new HashingSettings(8, 8, Duration.ofSeconds(30), TestUsers.MEMORY);
    Passwords passwords =
        new Passwords(
            TestUsers.CHEAP, TestWiring.make(HashingBulkhead.class, roomy, new Metrics()));
    return TestUsers.accounts(transacted, passwords, reveal);
  }

  private static User reload(User user) {
    return inTransaction(users -> users.find(user.id())).orElseThrow();
  }

  /** Who has the claim to an address. */
  private static List<String> claims(String address) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (Connection connection = store().database().getConnection();
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery("select id from users where email_key = '" + address + "'")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
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
    return store()
        .inTransaction(
            entities -> work.apply(new Users(entities, CLOCK, change -> {}, event -> {})));
  }
}
