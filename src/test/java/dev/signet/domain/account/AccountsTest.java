package dev.signet.domain.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.problem.FieldError;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.RegistrationSettings.Reveal;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.audit.TestAudit;
import dev.signet.domain.credential.Passwords;
import dev.signet.domain.guard.Attempt;
import dev.signet.domain.guard.HashingBulkhead;
import dev.signet.domain.guard.TestGuard;
import dev.signet.domain.user.AccountChanged;
import dev.signet.domain.user.AccountChanged.Kind;
import dev.signet.domain.user.EmailAddress;
import dev.signet.domain.user.TestStore;
import dev.signet.domain.user.TestUsers;
import dev.signet.domain.user.User;
import dev.signet.domain.user.UserChange;
import dev.signet.domain.user.Username;
import dev.signet.domain.user.Users;
import dev.signet.domain.user.UsersContract;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private static final String OLD = TestUsers.GOOD_PASSWORD;
  private static final String NEW = "nine herons paint fences";

  private final TestStore store = new TestStore();
  private final Passwords passwords = TestUsers.passwords(TestUsers.CHEAP);
  private final Users users = store.users(Clock.fixed(TestUsers.NOW, ZoneOffset.UTC));
  private final TestGuard guard = new TestGuard();
  private final TestAudit audit = new TestAudit();
  private final Accounts accounts =
      TestUsers.accounts(users, passwords, Reveal.NAMES, guard, audit);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void registeredUserIsAUserAndNoMore() {
    User ada = store.reloaded(register("Ada", OLD));

    assertEquals(Set.of(User.USER), ada.groups());
    assertEquals(Optional.of("Ada@Example.org"), ada.email());
    assertTrue(ada.enabled());
    assertFalse(ada.passwordChangeRequired());
    assertTrue(passwords.matches(OLD, ada.passwordHash()));
  }

  @Test
  void weakPasswordMakesNoAccount() {
    assertRefused(
        Problem.WEAK_PASSWORD,
        "password",
        "is one of the most common passwords",
        () -> register("Ada", "password"));
    assertEquals(Optional.empty(), users.findByName("ada"));
  }

  @Test
  void lookAlikeNameIsTaken() {
    register("finn", OLD);

    assertRefused(
        Problem.NAME_TAKEN,
        "username",
        "is taken",
        () -> accounts.register(Username.parse("\uFB01NN"), OLD, Optional.empty()));
  }

  /** What is not told otherwise is in {@link UsersContract}. */
  @Test
  void emailAddressInOtherCaseIsTakenIfThatMayBeTold() {
    register("Ada", OLD);
    Optional<EmailAddress> same = Optional.of(EmailAddress.parse("ADA@example.ORG"));

    assertRefused(
        Problem.NAME_TAKEN,
        "email",
        "is taken",
        () ->
            TestUsers.accounts(users, passwords, Reveal.ALL)
                .register(Username.parse("Other"), OLD, same));
  }

  /** The response time must not reveal whether a hash was computed. */
  @Test
  void takenNameCostsAHashAsAFreeOneDoes() {
    HashingBulkhead full = TestUsers.bulkhead();
    Accounts busy = TestUsers.accounts(users, new Passwords(TestUsers.CHEAP, full), Reveal.NONE);
    register("Ada", OLD);

    for (String name : List.of("Ada", "Free")) {
      Refusal refusal =
          assertThrows(
              Refusal.class,
              () -> full.run(1, () -> busy.register(Username.parse(name), OLD, Optional.empty())));
      assertEquals(Problem.OVERLOADED, refusal.problem(), name);
    }
  }

  @Test
  void newPasswordTakesTheOldOnesPlace() {
    User ada = register("Ada", OLD);

    accounts.changePassword(ada.id(), OLD, NEW, Optional.empty());

    String hash = store.reloaded(ada).passwordHash();
    assertTrue(passwords.matches(NEW, hash));
    assertFalse(passwords.matches(OLD, hash));
  }

  @Test
  void ownPasswordDoesNotEndLikeTheOneItReplaces() {
    User ada = register("Ada", OLD);
    users.replacePassword(
        ada.id(), ada.passwordHash(), ada.passwordHash(), Optional.of(TestUsers.NOW));
    assertTrue(store.reloaded(ada).passwordChangeRequired());

    accounts.changePassword(ada.id(), OLD, NEW, Optional.empty());

    assertFalse(store.reloaded(ada).passwordChangeRequired());
  }

  @Test
  void changeNeedsTheOldPassword() {
    User ada = register("Ada", OLD);

    assertRefused(
        Problem.INVALID_INPUT,
        "old_password",
        "is incorrect",
        () -> accounts.changePassword(ada.id(), "wrong", NEW, Optional.empty()));
    assertEquals(ada.passwordHash(), store.reloaded(ada).passwordHash());
    assertEquals(
        List.of(new Attempt("ada", Optional.of(ada.id()), false)),
        guard.attempts(),
        "counted for the account, too");
  }

  @Test
  void lockedAccountRefusesTheRightOldPasswordLikeAWrongOne() {
    User ada = register("Ada", OLD);
    guard.lock();

    assertRefused(
        Problem.INVALID_INPUT,
        "old_password",
        "is incorrect",
        () -> accounts.changePassword(ada.id(), OLD, NEW, Optional.empty()));

    assertEquals(ada.passwordHash(), store.reloaded(ada).passwordHash());
    assertEquals(List.of("password_change_failed locked " + ada.id()), audit.lines());
  }

  @Test
  void blockedSourceChangesNoPassword() {
    User ada = register("Ada", OLD);
    guard.block();

    Refusal refusal =
        assertThrows(
            Refusal.class, () -> accounts.changePassword(ada.id(), OLD, NEW, Optional.empty()));

    assertEquals(Problem.BLOCKED, refusal.problem());
    assertEquals(ada.passwordHash(), store.reloaded(ada).passwordHash());
  }

  @Test
  void newPasswordMustNotBeWeakOrTheOldOne() {
    User ada = register("Ada", OLD);

    assertRefused(
        Problem.WEAK_PASSWORD,
        "new_password",
        "is one of the most common passwords",
        () -> accounts.changePassword(ada.id(), OLD, "password", Optional.empty()));
    assertRefused(
        Problem.WEAK_PASSWORD,
        "new_password",
        "must not contain the username",
        () -> accounts.changePassword(ada.id(), OLD, "nine herons ADA paint", Optional.empty()));
    assertRefused(
        Problem.INVALID_INPUT,
        "new_password",
        "must differ from the old password",
        () -> accounts.changePassword(ada.id(), OLD, OLD, Optional.empty()));
    assertEquals(ada.passwordHash(), store.reloaded(ada).passwordHash());
  }

  @Test
  void changesAreToldWithTheirKind() {
    User ada = register("Ada", OLD);
    accounts.changePassword(ada.id(), OLD, NEW, Optional.of("session"));
    users.update(ada.id(), UserChange.of(Optional.empty(), null, null));
    for (Set<String> groups : List.of(Set.of("user", "editor"), Set.of("user"))) {
      users.update(ada.id(), UserChange.of(Optional.empty(), groups, null));
    }
    users.update(ada.id(), TestUsers.DISABLED);
    users.delete(ada.id());

    assertEquals(
        List.of(
            new AccountChanged(ada.id(), Kind.PASSWORD_CHANGED, Optional.of("session")),
            new AccountChanged(ada.id(), Kind.UPDATED),
            new AccountChanged(ada.id(), Kind.UPDATED),
            new AccountChanged(ada.id(), Kind.GROUP_LOST),
            new AccountChanged(ada.id(), Kind.DISABLED),
            new AccountChanged(ada.id(), Kind.DELETED)),
        store.changes());
  }

  @Test
  void passwordChangesAreRecorded() {
    User ada = register("Ada", OLD);
    assertThrows(
        Refusal.class, () -> accounts.changePassword(ada.id(), "wrong", NEW, Optional.empty()));
    accounts.changePassword(ada.id(), OLD, NEW, Optional.empty());

    assertEquals(
        List.of(
            "password_change_failed wrong_password " + ada.id(), "password_changed - " + ada.id()),
        audit.lines());
  }

  @Test
  void whatChangedOfAnAccountIsRecordedAndNothingElse() {
    User ada = register("Ada", OLD);
    users.update(ada.id(), UserChange.of(Optional.empty(), null, null));
    users.update(ada.id(), UserChange.of(Optional.empty(), Set.of("user"), true));
    users.update(
        ada.id(),
        new UserChange(
            Optional.empty(), Optional.of(Set.of("user", "auditor")), Optional.of(false)));
    users.update(ada.id(), new UserChange(Optional.empty(), Optional.empty(), Optional.of(true)));
    users.delete(ada.id());

    assertEquals(
        List.of(
            SecurityEvent.of(EventType.REGISTERED).subject(ada.id()),
            SecurityEvent.of(EventType.USER_CHANGED).subject(ada.id()).detail("email"),
            SecurityEvent.of(EventType.ROLES_CHANGED)
                .subject(ada.id())
                .detail("user -> auditor user"),
            SecurityEvent.of(EventType.USER_DISABLED).subject(ada.id()),
            SecurityEvent.of(EventType.USER_ENABLED).subject(ada.id()),
            SecurityEvent.of(EventType.USER_DELETED).subject(ada.id())),
        store.events());
  }

  @Test
  void registrationThatStoresNothingIsNotRecorded() {
    User ada = register("Ada", OLD);
    Accounts silent = TestUsers.accounts(users, passwords, Reveal.NONE);

    silent.register(Username.parse("ada"), OLD, Optional.empty());

    assertEquals(List.of(SecurityEvent.of(EventType.REGISTERED).subject(ada.id())), store.events());
  }

  @Test
  void passwordThatWasNotReplacedIsNoChange() {
    User ada = register("Ada", OLD);

    assertFalse(users.replacePassword(ada.id(), "another hash", "new", Optional.empty()));
    assertEquals(List.of(), store.changes());
  }

  @Test
  void nobodysPasswordCannotBeChanged() {
    Refusal refusal =
        assertThrows(
            Refusal.class, () -> accounts.changePassword("nobody", OLD, NEW, Optional.empty()));

    assertEquals(Problem.NOT_FOUND, refusal.problem());
  }

  private User register(String name, String password) {
    return accounts.register(
        Username.parse(name), password, Optional.of(EmailAddress.parse(name + "@Example.org")));
  }

  private static void assertRefused(
      Problem problem, String field, String message, Runnable attempt) {
    Refusal refusal = assertThrows(Refusal.class, attempt::run);
    assertEquals(problem, refusal.problem());
    assertEquals(List.of(new FieldError(field, message)), refusal.errors());
  }
}
