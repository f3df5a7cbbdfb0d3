package dev.signet.domain.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.PasswordSettings;
import dev.signet.base.wiring.TestWiring;
import dev.signet.domain.audit.TestAudit;
import dev.signet.domain.guard.Attempt;
import dev.signet.domain.guard.HashingBulkhead;
import dev.signet.domain.guard.TestGuard;
import dev.signet.domain.user.TestStore;
import dev.signet.domain.user.TestUsers;
import dev.signet.domain.user.User;
import dev.signet.domain.user.Users;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {
  private static final String PASSWORD = TestUsers.GOOD_PASSWORD;

  private final TestStore store = new TestStore();
  private final HashingBulkhead bulkhead = TestUsers.bulkhead();
  private final Passwords passwords = new Passwords(TestUsers.CHEAP, bulkhead);
  private final Users users = store.users(clockAt(TestUsers.NOW));
  private final TestGuard guard = new TestGuard();
  private final TestAudit audit = new TestAudit();
  private final Authenticator authenticator = authenticator(passwords, TestUsers.NOW);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void rightPasswordOpensTheAccountByTheNameInAnyForm() {
    User ada = add("Ada");

    for (String typed : List.of("Ada", "ada", "ADA", "\uFF41da")) {
      assertEquals(ada.id(), authenticator.authenticate(typed, PASSWORD).id(), typed);
    }
  }

  @Test
  void everyFailureHasTheSameAnswer() {
    add("Ada");
    users.update(add("Disabled").id(), TestUsers.DISABLED);
    User expired = add("Expired");
    users.replacePassword(expired.id(), expired.passwordHash(), hash(), Optional.of(TestUsers.NOW));
    List<Refusal> refusals =
        List.of(
            refusal("nobody", PASSWORD),
            refusal("", PASSWORD),
            refusal("ada", "wrong"),
            refusal("disabled", PASSWORD),
            refusal("disabled", "wrong"),
            refusal(store.reloaded(expired).username(), PASSWORD));

    for (Refusal refusal : refusals) {
      assertEquals(Problem.INVALID_CREDENTIALS, refusal.problem());
      assertEquals(refusals.get(0).getMessage(), refusal.getMessage());
      assertEquals(List.of(), refusal.errors());
    }
  }

  @Test
  void failureIsRecordedWithItsReasonAndNoName() {
    User ada = add("Ada");
    User disabled = add("Disabled");
    users.update(disabled.id(), TestUsers.DISABLED);
    User expired = add("Expired");
    users.replacePassword(expired.id(), expired.passwordHash(), hash(), Optional.of(TestUsers.NOW));
    store.reloaded(expired);
    refusal("ada", "wrong");
    refusal("disabled", PASSWORD);
    refusal("disabled", "wrong");
    refusal("expired", PASSWORD);
    refusal(PASSWORD, "ada");

    assertEquals(
        List.of(
            "login_failed wrong_password " + ada.id(),
            "login_failed disabled " + disabled.id(),
            "login_failed wrong_password " + disabled.id(),
            "login_failed expired " + expired.id(),
            "login_failed unknown_user "
                + PASSWORD.substring(0, 2)
                + "...("
                + PASSWORD.length()
                + ")"),
        audit.lines());
  }

  @Test
  void successIsRecordedWhenThereIsASession() {
    add("Ada");

    authenticator.authenticate("ada", PASSWORD);

    assertEquals(List.of(), audit.lines());
  }

  @Test
  void oneTimePasswordOpensTheAccountUntilItEnds() {
    User ada = add("Ada");
    users.replacePassword(
        ada.id(), ada.passwordHash(), hash(), Optional.of(TestUsers.NOW.plusSeconds(1)));
    store.reloaded(ada);

    assertTrue(authenticator.authenticate("ada", PASSWORD).passwordChangeRequired());
    assertThrows(
        Refusal.class,
        () ->
            authenticator(passwords, TestUsers.NOW.plus(Duration.ofSeconds(1)))
                .authenticate("ada", PASSWORD));
  }

  /** Who is unknown, disabled or mistaken must not be told apart by the load they cause. */
  @Test
  void everyAttemptWaitsForItsTurnToHash() {
    add("Ada");
    users.update(add("Disabled").id(), TestUsers.DISABLED);

    for (String name : List.of("ada", "disabled", "nobody")) {
      Refusal refusal =
          bulkhead.run(
              1,
              () ->
                  assertThrows(
                      Refusal.class, () -> authenticator.authenticate(name, PASSWORD), name));
      assertEquals(Problem.OVERLOADED, refusal.problem(), name);
    }
  }

  @Test
  void everyAttemptIsToldWithTheNameInOneForm() {
    User ada = add("Ada");
    authenticator.authenticate("ADA", PASSWORD);
    refusal("ada", "wrong");
    refusal("Nobody", PASSWORD);

    assertEquals(
        List.of(
            new Attempt("ada", Optional.of(ada.id()), true),
            new Attempt("ada", Optional.of(ada.id()), false),
            new Attempt("nobody", Optional.empty(), false)),
        guard.attempts());
  }

  /** Or an application that keeps the password of a disabled user would block its network. */
  @Test
  void rightPasswordOfAnAccountThatMayNotLogInIsNoGuess() {
    users.update(add("Disabled").id(), TestUsers.DISABLED);
    User expired = add("Expired");
    users.replacePassword(expired.id(), expired.passwordHash(), hash(), Optional.of(TestUsers.NOW));
    store.reloaded(expired);

    refusal("disabled", PASSWORD);
    refusal("expired", PASSWORD);
    refusal("disabled", "wrong");

    assertEquals(
        List.of(true, true, false), guard.attempts().stream().map(Attempt::right).toList());
  }

  @Test
  void lockedAccountRefusesTheRightPasswordLikeAWrongOne() {
    add("Ada");
    String wrong = refusal("ada", "wrong").getMessage();
    guard.lock();

    Refusal locked = refusal("ada", PASSWORD);

    assertEquals(Problem.INVALID_CREDENTIALS, locked.problem());
    assertEquals(wrong, locked.getMessage());
  }

  @Test
  void blockedSourceIsRefusedBeforeAnyHash() {
    add("Ada");
    guard.block();

    // There is no turn for a hash, so one that was asked for would be refused as overload.
    Refusal refusal = bulkhead.run(1, () -> refusal("ada", PASSWORD));

    assertEquals(Problem.BLOCKED, refusal.problem());
    assertEquals(List.of(), guard.attempts());
  }

  @Test
  void loginIsRefusedBeforeTheUserIsLookedUpWhileTooManyWait() {
    TestStore away = new TestStore();
    Users unreachable = away.users(clockAt(TestUsers.NOW));
    away.close();
    Authenticator busy = authenticator(unreachable, passwords, TestUsers.NOW);

    // The only place is taken.
    Refusal refusal =
        bulkhead.run(
            1, () -> assertThrows(Refusal.class, () -> busy.authenticate("ada", PASSWORD)));

    assertEquals(Problem.OVERLOADED, refusal.problem());
    assertEquals(List.of(), guard.attempts());
  }

  @Test
  void hashIsUpgradedAtTheNextLoginWhenTheParametersGrow() {
    User ada = add("Ada");
    String old = ada.passwordHash();
    Passwords grown = new Passwords(new PasswordSettings(16, 2, 1, 2), bulkhead);

    authenticator(grown, TestUsers.NOW).authenticate("ada", PASSWORD);

    User upgraded = store.reloaded(ada);
    assertTrue(grown.isOutdated(old));
    assertFalse(grown.isOutdated(upgraded.passwordHash()));
    assertTrue(grown.matches(PASSWORD, upgraded.passwordHash()));
    assertEquals(TestUsers.NOW, upgraded.updatedAt());
  }

  @Test
  void hashStaysWhenTheParametersDo() {
    User ada = add("Ada");

    authenticator.authenticate("ada", PASSWORD);

    assertEquals(ada.passwordHash(), store.reloaded(ada).passwordHash());
  }

  @Test
  void failureUpgradesNothing() {
    User ada = add("Ada");
    Passwords grown = new Passwords(new PasswordSettings(16, 2, 1, 2), bulkhead);

    assertThrows(
        Refusal.class, () -> authenticator(grown, TestUsers.NOW).authenticate("ada", "wrong"));

    assertEquals(ada.passwordHash(), store.reloaded(ada).passwordHash());
  }

  private User add(String name) {
    return users.add(TestUsers.newUser(name, hash(), Set.of(User.USER)));
  }

  private String hash() {
    return passwords.hash(PASSWORD);
  }

  private Refusal refusal(String name, String password) {
    return assertThrows(Refusal.class, () -> authenticator.authenticate(name, password), name);
  }

  private Authenticator authenticator(Passwords used, Instant now) {
    return authenticator(users, used, now);
  }

  private Authenticator authenticator(Users all, Passwords used, Instant now) {
    return TestWiring.make(
        Authenticator.class, all, used, guard, bulkhead, clockAt(now), audit.log());
  }

  private static Clock clockAt(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }
}
