package dev.signet.domain.account;

import dev.signet.base.paging.Page;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.credential.PasswordPolicy;
import dev.signet.domain.credential.Passwords;
import dev.signet.domain.database.Store;
import dev.signet.domain.user.NewUser;
import dev.signet.domain.user.TestUsers;
import dev.signet.domain.user.User;
import dev.signet.domain.user.UserQuery;
import dev.signet.domain.user.Users;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Accounts of a store, each call in a transaction as a container makes it. */
public final class TestTransfer {
  private final Store store;
  private final Clock clock;
  private final Passwords passwords = TestUsers.passwords(TestUsers.CHEAP);

  public TestTransfer(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  public UserTransfer users() {
    Users transacted =
        new Users() {
          @Override
          public Optional<User> findByName(String typed) {
            return inTransaction(users -> users.findByName(typed));
          }

          @Override
          public User restore(NewUser account, Optional<String> id, boolean enabled) {
            return inTransaction(users -> users.restore(account, id, enabled));
          }

          @Override
          public Page<User> list(UserQuery query) {
            return inTransaction(users -> users.list(query));
          }
        };
    return new UserTransfer(transacted, passwords, new PasswordPolicy(TestUsers.CHEAP));
  }

  /** Finds an account that has this password. */
  public Optional<User> login(String username, String password) {
    return inTransaction(users -> users.findByName(username))
        .filter(user -> user.mayLogIn(clock.instant()))
        .filter(user -> passwords.matches(password, user.passwordHash()));
  }

  /** The groups of an account. */
  public Set<String> groups(String username) {
    return inTransaction(users -> users.findByName(username)).orElseThrow().groups();
  }

  private <T> T inTransaction(Function<Users, T> work) {
    return store.inTransaction(
        entities ->
            work.apply(new Users(entities, clock, change -> {}, (SecurityEvent event) -> {})));
  }
}
