package dev.signet.domain.user;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/** An account. Changes go through {@link Users}, which settles races in the database. */
@Entity
@Table(name = "users")
public class User {
  /** The group of every user. */
  public static final String USER = "user";

  /** The group of administrators. */
  public static final String ADMIN = "admin";

  @Id private String id;

  private String username;

  @Column(name = "username_key")
  private String usernameKey;

  private String email;

  @Column(name = "email_key")
  private String emailKey;

  @Column(name = "password_hash")
  private String passwordHash;

  @Column(name = "password_expires_at")
  private OffsetDateTime passwordExpiresAt;

  /**
   * The group names, separated and enclosed by spaces. They are in one column, because they are
   * always read with the user and are protected by the lock of the user's row.
   */
  @Column(name = "group_names")
  private String groupNames;

  private boolean enabled;

  @Column(name = "created_at")
  private OffsetDateTime createdAt;

  @Column(name = "updated_at")
  private OffsetDateTime updatedAt;

  /** For JPA. */
  protected User() {}

  /**
   * Creates an account that is not stored yet.
   *
   * @param claimsEmail whether the address is reserved for this account
   */
  User(
      Username username,
      EmailAddress email,
      boolean claimsEmail,
      String passwordHash,
      Set<String> groups,
      Instant now) {
    id = UUID.randomUUID().toString();
    this.username = username.shown();
    usernameKey = username.key();
    this.passwordHash = passwordHash;
    changeGroups(groups);
    enabled = true;
    createdAt = now.atOffset(ZoneOffset.UTC);
    updatedAt = createdAt;
    changeEmail(email, claimsEmail);
  }

  /** Returns the opaque identifier, a random UUID. */
  public String id() {
    return id;
  }

  /** As its owner typed it. */
  public String username() {
    return username;
  }

  /** As its owner typed it. */
  public Optional<String> email() {
    return Optional.ofNullable(email);
  }

  /** Returns the groups in alphabetical order. */
  public SortedSet<String> groups() {
    TreeSet<String> names = new TreeSet<>(Arrays.asList(groupNames.split(" ", -1)));
    names.remove("");
    return names;
  }

  public boolean enabled() {
    return enabled;
  }

  public Instant createdAt() {
    return createdAt.toInstant();
  }

  public Instant updatedAt() {
    return updatedAt.toInstant();
  }

  /** Whether the password is a one-time password, which the user must replace. */
  public boolean passwordChangeRequired() {
    return passwordExpiresAt != null;
  }

  /** Whether the user may log in with the correct password. */
  public boolean mayLogIn(Instant now) {
    return enabled && !passwordExpired(now);
  }

  /** Whether the password is unchanged since {@code former} was read. */
  public boolean hasPasswordOf(User former) {
    return passwordHash.equals(former.passwordHash);
  }

  String usernameKey() {
    return usernameKey;
  }

  public String passwordHash() {
    return passwordHash;
  }

  public boolean passwordExpired(Instant now) {
    return passwordExpiresAt != null && !now.isBefore(passwordExpiresAt.toInstant());
  }

  public boolean isAdministrator() {
    return enabled && groups().contains(ADMIN);
  }

  public Optional<Instant> passwordExpiresAt() {
    return Optional.ofNullable(passwordExpiresAt).map(OffsetDateTime::toInstant);
  }

  /** Sets the identifier of a restored account, before it is stored. */
  void restoreId(String former) {
    id = former;
  }

  void expirePasswordAt(Instant end) {
    passwordExpiresAt = end.atOffset(ZoneOffset.UTC);
  }

  /**
   * Changes the address. An address that is not reserved for this account is only displayed:
   * another account may have the same.
   */
  void changeEmail(EmailAddress address, boolean claims) {
    email = address == null ? null : address.shown();
    emailKey = address == null || !claims ? null : address.key();
  }

  /** Replaces all groups. A name must not contain a space, as it would count as two. */
  void changeGroups(Set<String> names) {
    if (names.stream().anyMatch(name -> name.isEmpty() || name.contains(" "))) {
      throw new IllegalArgumentException("a group name is empty or has a space");
    }
    groupNames = " " + String.join(" ", new TreeSet<>(names)) + " ";
  }

  public void enable(boolean on) {
    enabled = on;
  }

  void updatedAt(Instant now) {
    updatedAt = now.atOffset(ZoneOffset.UTC);
  }

  @Override
  public String toString() {
    return "User[" + id + "]";
  }
}
