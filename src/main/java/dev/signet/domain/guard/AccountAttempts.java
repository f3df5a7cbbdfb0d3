package dev.signet.domain.guard;

import dev.signet.base.settings.LockSettings;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * The consecutive failed attempts at one account, from a source known to the account, or from all
 * other sources. Every change locks the row first.
 */
@Entity
@Table(name = "account_attempts")
class AccountAttempts {
  /** How long a source stays known after the last recorded login from it. */
  private static final Duration KNOWN = Duration.ofDays(30);

  /** A login is not recorded again while the source stays known for at least this time. */
  static final Duration REMEMBERED = KNOWN.minusDays(1);

  @Id private String id;

  private String account;

  private int failures;

  @Column(name = "failed_at")
  private OffsetDateTime failedAt;

  @Column(name = "locked_until")
  private OffsetDateTime lockedUntil;

  @Column(name = "expires_at")
  private OffsetDateTime expiresAt;

  /** For JPA. */
  protected AccountAttempts() {}

  AccountAttempts(String account, String source, Instant now) {
    id = id(account, source);
    this.account = account;
    expiresAt = utc(now);
  }

  /**
   * Returns the primary key.
   *
   * @param source empty for the sources that are not known
   */
  static String id(String account, String source) {
    return account + "/" + source;
  }

  private boolean isOfStrangers() {
    return id.equals(id(account, ""));
  }

  boolean isLocked(Instant now) {
    return lockedUntil != null && now.isBefore(lockedUntil.toInstant());
  }

  /**
   * Counts a failure.
   *
   * @return whether this failure starts the delay of further attempts
   */
  boolean fail(Instant now, LockSettings settings) {
    if (failedAt != null && failedAt.toInstant().plus(settings.forget()).isBefore(now)) {
      failures = 0;
    }
    failures++;
    failedAt = utc(now);
    lockedUntil = utc(now.plus(settings.delayAfter(failures)));
    if (isOfStrangers()) { // Failures do not change how long a source is known.
      expiresAt = failedAt.plus(settings.forget());
    }
    return failures == settings.failures();
  }

  /** Resets the count after a successful login. */
  void reset() {
    failures = 0;
    lockedUntil = null;
  }

  /** Records a successful login from this source. */
  void know(Instant now) {
    expiresAt = utc(now.plus(KNOWN));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  @Override
  public String toString() {
    return "AccountAttempts[" + failures + " failures]";
  }
}
