package dev.signet.domain.user;

import dev.signet.base.paging.Page;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.RegistrationSettings.Reveal;
import dev.signet.base.wiring.Clocks;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.database.Database;
import dev.signet.domain.user.AccountChanged.Kind;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The stored accounts. Each method is one transaction. */
@Stateless
public class Users {
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private Clock clock;
  private Consumer<AccountChanged> changes;
  private Consumer<SecurityEvent> audit;

  /** For the container's proxy. */
  public Users() {}

  @Inject
  Users(Clock clock, Event<AccountChanged> changes, Event<SecurityEvent> audit) {
    this.clock = clock;
    this.changes = changes::fire;
    this.audit = audit::fire;
  }

  /** For tests against a bare entity manager. */
  public Users(
      EntityManager entities,
      Clock clock,
      Consumer<AccountChanged> changes,
      Consumer<SecurityEvent> audit) {
    this.entities = entities;
    this.clock = clock;
    this.changes = changes;
    this.audit = audit;
  }

  /**
   * Stores a new account; unique indexes decide between concurrent requests.
   *
   * @throws Refusal {@link Problem#NAME_TAKEN}
   */
  public User add(NewUser account) {
    return add(account, Reveal.ALL);
  }

  /**
   * Stores a new account with the same work whether its name and address are taken or not. A taken
   * address that must not be revealed is stored without being reserved. If the name is taken and
   * must not be revealed, no account is stored.
   *
   * @throws Refusal {@link Problem#NAME_TAKEN}, also for a name or address that must not be
   *     revealed if another request took it concurrently: call the method again
   */
  public User add(NewUser account, Reveal reveal) {
    boolean nameTaken = reveal == Reveal.NONE && isTaken(account.username());
    boolean claims = reveal == Reveal.ALL || isFree(account.email(), "");
    User user =
        new User(
            nameTaken ? account.username().unused() : account.username(),
            account.email().orElse(null),
            claims && !nameTaken,
            account.passwordHash(),
            account.groups(),
            Clocks.now(clock));
    account.passwordExpiresAt().ifPresent(user::expirePasswordAt);
    entities.persist(user);
    flush();
    if (nameTaken) {
      entities.remove(user);
      entities.flush();
    } else {
      audit.accept(SecurityEvent.of(EventType.REGISTERED).subject(user.id()));
    }
    return user;
  }

  /**
   * Stores an imported account.
   *
   * @param id its previous identifier
   * @throws Refusal {@link Problem#NAME_TAKEN}, or {@link Problem#INVALID_INPUT}
   */
  public User restore(NewUser account, Optional<String> id, boolean enabled) {
    User user =
        new User(
            account.username(),
            account.email().orElse(null),
            isFree(account.email(), ""),
            account.passwordHash(),
            account.groups(),
            Clocks.now(clock));
    account.passwordExpiresAt().ifPresent(user::expirePasswordAt);
    user.enable(enabled);
    if (id.isPresent()) {
      if (!isId(id.get()) || entities.find(User.class, id.get()) != null) {
        throw Refusal.of(Problem.INVALID_INPUT, "id", "must be a UUID that no other user has");
      }
      user.restoreId(id.get());
    }
    entities.persist(user);
    flush();
    audit.accept(SecurityEvent.of(EventType.REGISTERED).subject(user.id()));
    return user;
  }

  public Optional<User> find(String id) {
    return isId(id) ? Optional.ofNullable(entities.find(User.class, id)) : Optional.empty();
  }

  /** Finds a user by name, in any case. */
  public Optional<User> findByName(String typed) {
    return entities
        .createQuery("select u from User u where u.usernameKey = :key", User.class)
        .setParameter("key", Username.key(typed))
        .getResultStream()
        .findFirst();
  }

  /** Lists accounts, page by page. */
  public Page<User> list(UserQuery query) {
    UserQuery.Order order = query.order();
    StringBuilder jpql = new StringBuilder("select u from User u where 1 = 1");
    query
        .search()
        .ifPresent(
            text ->
                jpql.append(
                    " and (u.usernameKey like :search escape '!'"
                        + " or u.emailKey like :search escape '!'"
                        + " or lower(u.email) like :search escape '!')"));
    query
        .after()
        .ifPresent(
            cursor ->
                jpql.append(
                    " and (%1$s %2$s :value or (%1$s = :value and u.id %2$s :id))"
                        .formatted(order.path(), order.comparison())));
    jpql.append(" order by %1$s %2$s, u.id %2$s".formatted(order.path(), order.direction()));
    TypedQuery<User> select = entities.createQuery(jpql.toString(), User.class);
    query
        .search()
        .ifPresent(
            text -> select.setParameter("search", "%" + text.replaceAll("[!%_]", "!$0") + "%"));
    query
        .after()
        .ifPresent(
            cursor -> select.setParameter("value", cursor.value()).setParameter("id", cursor.id()));
    List<User> found = select.setMaxResults(query.limit() + 1).getResultList();
    return Page.of(found, query.limit(), last -> UserQuery.Cursor.after(order, last));
  }

  /**
   * Changes an account.
   *
   * @throws Refusal {@link Problem#NOT_FOUND}, {@link Problem#NAME_TAKEN}, or {@link
   *     Problem#LAST_ADMINISTRATOR}
   */
  public User update(String id, UserChange change) {
    return update(id, change, Reveal.ALL);
  }

  /**
   * Changes an account. A taken address that must not be revealed is stored without being reserved.
   *
   * @throws Refusal as {@link #update(String, UserChange)}, and {@link Problem#NAME_TAKEN} as
   *     {@link #add(NewUser, Reveal)}
   */
  public User update(String id, UserChange change, Reveal reveal) {
    List<User> administrators = lockAdministrators(change);
    User user = lock(id);
    SortedSet<String> groups = user.groups();
    Optional<String> email = user.email();
    boolean enabled = user.enabled();
    change
        .email()
        .ifPresent(
            address ->
                user.changeEmail(
                    address.orElse(null), reveal == Reveal.ALL || isFree(address, user.id())));
    change.groups().ifPresent(user::changeGroups);
    change.enabled().ifPresent(user::enable);
    user.updatedAt(Clocks.now(clock));
    if (!user.isAdministrator()) {
      refuseIfOnly(administrators, user);
    }
    flush();
    boolean disabled = change.enabled().isPresent() && !user.enabled();
    Kind kind = user.groups().containsAll(groups) ? Kind.UPDATED : Kind.GROUP_LOST;
    changes.accept(new AccountChanged(id, disabled ? Kind.DISABLED : kind));
    if (!user.email().equals(email)) {
      audit.accept(SecurityEvent.of(EventType.USER_CHANGED).subject(id).detail("email"));
    }
    if (!user.groups().equals(groups)) {
      audit.accept(
          SecurityEvent.of(EventType.ROLES_CHANGED)
              .subject(id)
              .detail(String.join(" ", groups) + " -> " + String.join(" ", user.groups())));
    }
    if (user.enabled() != enabled) {
      EventType type = enabled ? EventType.USER_DISABLED : EventType.USER_ENABLED;
      audit.accept(SecurityEvent.of(type).subject(id));
    }
    return user;
  }

  /**
   * Deletes an account permanently.
   *
   * @throws Refusal {@link Problem#NOT_FOUND} or {@link Problem#LAST_ADMINISTRATOR}
   */
  public void delete(String id) {
    List<User> administrators = lockAdministrators();
    User user = lock(id);
    refuseIfOnly(administrators, user);
    changes.accept(new AccountChanged(id, Kind.DELETED));
    entities.remove(user);
    audit.accept(SecurityEvent.of(EventType.USER_DELETED).subject(id));
  }

  /**
   * Replaces a password hash, unless it was changed concurrently, and ends all sessions.
   *
   * @param passwordExpiresAt set for a password that its owner has to replace
   * @return whether it was replaced
   */
  public boolean replacePassword(
      String id, String oldHash, String newHash, Optional<Instant> passwordExpiresAt) {
    return replacePassword(id, oldHash, newHash, passwordExpiresAt, Optional.empty());
  }

  /**
   * Replaces a password hash on behalf of its owner, unless it was changed concurrently, and ends
   * all other sessions.
   *
   * @param keptSession the current session
   * @return whether it was replaced
   */
  public boolean changePassword(
      String id, String oldHash, String newHash, Optional<String> keptSession) {
    return replacePassword(id, oldHash, newHash, Optional.empty(), keptSession);
  }

  private boolean replacePassword(
      String id,
      String oldHash,
      String newHash,
      Optional<Instant> passwordExpiresAt,
      Optional<String> keptSession) {
    OffsetDateTime end =
        passwordExpiresAt.map(instant -> instant.atOffset(ZoneOffset.UTC)).orElse(null);
    int replaced =
        entities
            .createQuery(
                "update User u set u.passwordHash = :new, u.passwordExpiresAt = :end,"
                    + " u.updatedAt = :now where u.id = :id and u.passwordHash = :old")
            .setParameter("new", newHash)
            .setParameter("end", end)
            .setParameter("now", Clocks.now(clock).atOffset(ZoneOffset.UTC))
            .setParameter("id", id)
            .setParameter("old", oldHash)
            .executeUpdate();
    if (replaced == 0) {
      return false;
    }
    changes.accept(new AccountChanged(id, Kind.PASSWORD_CHANGED, keptSession));
    return true;
  }

  /** Stores a stronger hash of the same password. */
  public void upgradeHash(String id, String oldHash, String newHash) {
    entities
        .createQuery(
            "update User u set u.passwordHash = :new where u.id = :id and u.passwordHash = :old")
        .setParameter("new", newHash)
        .setParameter("id", id)
        .setParameter("old", oldHash)
        .executeUpdate();
  }

  /** Whether an administrator can log in. */
  public boolean hasAdministrator() {
    Instant now = clock.instant();
    return administrators(LockModeType.NONE).stream().anyMatch(user -> !user.passwordExpired(now));
  }

  private boolean isTaken(Username name) {
    return !entities
        .createQuery("select u.id from User u where u.usernameKey = :key", String.class)
        .setParameter("key", name.key())
        .getResultList()
        .isEmpty();
  }

  /** Whether the address is not reserved for another account. */
  private boolean isFree(Optional<EmailAddress> email, String owner) {
    return entities
        .createQuery(
            "select u.id from User u where u.emailKey = :key and u.id <> :owner", String.class)
        .setParameter("key", email.map(EmailAddress::key).orElse(""))
        .setParameter("owner", owner)
        .getResultList()
        .isEmpty();
  }

  private User lock(String id) {
    User user = isId(id) ? entities.find(User.class, id, LockModeType.PESSIMISTIC_WRITE) : null;
    if (user == null) {
      throw new Refusal(Problem.NOT_FOUND, "The user does not exist.");
    }
    return user;
  }

  /** Skip the query for malformed identifiers: some characters make the database fail. */
  private static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  private List<User> lockAdministrators(UserChange change) {
    boolean mayRemove = change.groups().isPresent() || change.enabled().isPresent();
    return mayRemove ? lockAdministrators() : List.of();
  }

  /**
   * Locks the administrators, always in the same order, so that two administrators cannot remove
   * each other concurrently.
   */
  private List<User> lockAdministrators() {
    return administrators(LockModeType.PESSIMISTIC_WRITE);
  }

  private List<User> administrators(LockModeType lock) {
    return entities
        .createQuery(
            "select u from User u where u.enabled = true and u.groupNames like '% "
                + User.ADMIN
                + " %' order by u.id",
            User.class)
        .setLockMode(lock)
        .getResultList();
  }

  private static void refuseIfOnly(List<User> administrators, User user) {
    if (administrators.size() == 1 && administrators.get(0).id().equals(user.id())) {
      throw new Refusal(Problem.LAST_ADMINISTRATOR, "Make another user an administrator first.");
    }
  }

  private void flush() {
    try {
      entities.flush();
    } catch (PersistenceException e) {
      Optional<String> constraint = Database.violatedConstraint(e);
      if (constraint.isEmpty()) {
        throw e;
      }
      String field = constraint.get().contains("users_email_unique") ? "email" : "username";
      throw Refusal.of(Problem.NAME_TAKEN, field, "is taken");
    }
  }
}
