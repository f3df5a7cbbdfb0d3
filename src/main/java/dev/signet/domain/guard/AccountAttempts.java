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
 * The failures in a row of those who tried to get into one account: from a source that is known to
 * it, or from anywhere else. Who changes one has locked its row before.
 */
@Entity
@Table(name = "account_attempts")
class AccountAttempts {
  /** A source is known for so long after the last login from it that was written down. */
  private static final Duration KNOWN = Duration.ofDays(30);

  /** As long as it is known for so long yet, an entry need not be written down. */
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
   * The primary key.
   *
   * @param source empty for those who are not known
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
   * @return whether it is the one that begins to make others wait
   */
  boolean fail(Instant now, LockSettings settings) {
    if (failedAt != null && failedAt.toInstant().plus(settings.forget()).isBefore(now)) {
      failures = 0;
    }
    failures++;
    failedAt = utc(now);
    lockedUntil = utc(now.plus(settings.delayAfter(failures)));
    if (isOfStrangers()) { // How long a source is known does not depend on its failures.
      expiresAt = failedAt.plus(settings.forget());
    }
    return failures == settings.failures();
  }

  /** The account was entered. */
  void reset() {
    failures = 0;
    lockedUntil = null;
  }

  /** The account was entered from this source. */
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
