package dev.signet.domain.account;

import dev.signet.base.paging.Page;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.credential.HashParameters;
import dev.signet.domain.credential.PasswordHash;
import dev.signet.domain.credential.PasswordPolicy;
import dev.signet.domain.credential.Passwords;
import dev.signet.domain.user.EmailAddress;
import dev.signet.domain.user.Groups;
import dev.signet.domain.user.NewUser;
import dev.signet.domain.user.StoredUser;
import dev.signet.domain.user.User;
import dev.signet.domain.user.UserQuery;
import dev.signet.domain.user.Username;
import dev.signet.domain.user.Users;
import jakarta.inject.Inject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Exports and imports accounts. */
@Shared
public class UserTransfer {
  private static final int PART = 100;
  private static final int MOST_GROUPS = 30;
  private static final Pattern GROUP = Pattern.compile("[\\p{L}\\p{N}._:/-]{1,64}");

  private final Users users;
  private final Passwords passwords;
  private final PasswordPolicy policy;

  @Inject
  UserTransfer(Users users, Passwords passwords, PasswordPolicy policy) {
    this.users = users;
    this.passwords = passwords;
    this.policy = policy;
  }

  /**
   * Stores an account, unless there is one with this name.
   *
   * @return whether it was stored
   * @throws Refusal that names the member
   */
  public boolean add(StoredUser stored) {
    if (stored.username() == null) {
      throw refuse("username", "is required");
    }
    Username name = Username.parse(stored.username());
    if (users.findByName(stored.username()).isPresent()) {
      return false;
    }
    Optional<EmailAddress> email = Optional.ofNullable(stored.email()).map(EmailAddress::parse);
    NewUser account =
        new NewUser(name, email, hash(stored, name, email), groups(stored), expiresAt(stored));
    boolean enabled = stored.enabled() == null || stored.enabled();
    users.restore(account, Optional.ofNullable(stored.id()), enabled);
    return true;
  }

  /**
   * Reads a page of all accounts, with their password hashes.
   *
   * @param after the cursor of the previous page
   */
  public Page<StoredUser> list(Optional<String> after) {
    Page<User> page =
        users.list(UserQuery.of(Integer.toString(PART), "created_at", null, after.orElse(null)));
    return new Page<>(page.items().stream().map(UserTransfer::stored).toList(), page.next());
  }

  private static StoredUser stored(User user) {
    return new StoredUser(
        user.id(),
        user.username(),
        user.email().orElse(null),
        null,
        user.passwordHash(),
        user.passwordExpiresAt().map(Instant::toString).orElse(null),
        List.copyOf(user.groups()),
        user.enabled() ? null : false);
  }

  private String hash(StoredUser stored, Username name, Optional<EmailAddress> email) {
    if (stored.password() != null) {
      if (stored.passwordHash() != null) {
        throw refuse("password", "must not be combined with password_hash");
      }
      policy.check("password", stored.password(), name, email);
      return passwords.hash(stored.password());
    }
    if (stored.passwordHash() == null) {
      throw refuse("password", "is required unless password_hash is given");
    }
    HashParameters made =
        PasswordHash.read(stored.passwordHash())
            .map(PasswordHash::parameters)
            .orElseThrow(() -> refuse("password_hash", "must be an Argon2id hash as a PHC string"));
    if (!passwords.mayBeChecked(made)) {
      throw refuse(
          "password_hash",
          "takes too much memory or time to check; the limit is " + passwords.bounds());
    }
    return stored.passwordHash();
  }

  private static Set<String> groups(StoredUser stored) {
    if (stored.groups() == null) {
      return Set.of(User.USER);
    }
    if (stored.groups().size() > MOST_GROUPS
        || !stored.groups().stream()
            .allMatch(group -> group != null && GROUP.matcher(group).matches())) {
      throw refuse("groups", "must be at most 30 names made of letters, digits and . _ : / -");
    }
    Groups.check(stored.groups());
    return new TreeSet<>(stored.groups());
  }

  private static Optional<Instant> expiresAt(StoredUser stored) {
    try {
      return Optional.ofNullable(stored.passwordExpiresAt()).map(Instant::parse);
    } catch (DateTimeException e) {
      throw refuse("password_expires_at", "must be an RFC 3339 time");
    }
  }

  private static Refusal refuse(String member, String message) {
    return Refusal.of(Problem.INVALID_INPUT, member, message);
  }
}
