package dev.signet.domain.database;

import dev.signet.base.settings.Settings;
import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.base.wiring.Shared;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * Sets {@link DatabaseClock} periodically, and reports if the clock of this machine differs too
 * much from it: Signet does not use that clock, but the server's logs do, and so do resource
 * servers on this machine that verify tokens.
 */
@Shared
public class ClockCheck {
  private static final Logger LOG = System.getLogger(ClockCheck.class.getName());
  private static final Duration REPEATED = Duration.ofMinutes(1);

  /** Even if no skew is allowed, clocks that are set well may differ by a second. */
  private static final Duration LEAST = Duration.ofSeconds(1);

  private final Database database;
  private final DatabaseClock clock;
  private final boolean production;
  private final Duration allowed;
  private Instant warnAfter = Instant.MIN;

  @Inject
  ClockCheck(Database database, DatabaseClock clock, Settings settings) {
    this.database = database;
    this.clock = clock;
    this.production = settings.production();
    Duration skew = settings.token().skew();
    this.allowed = skew.compareTo(LEAST) < 0 ? LEAST : skew;
  }

  /**
   * Sets the clock for the first time.
   *
   * @throws InvalidSettings in production, if the clock of this machine is wrong
   */
  public void start() {
    follow();
    if (production && isAstray()) {
      throw new InvalidSettings(
          "signet.production refuses to start: "
              + difference()
              + " Set the clock of this machine, for example by NTP.");
    }
  }

  /** Sets the clock from the database, and logs a difference at most once a minute. */
  public void follow() {
    try {
      Database.Time now = database.time();
      clock.follow(now.now(), now.error());
    } catch (SQLException e) {
      throw new IllegalStateException("The time of the database cannot be read", e);
    }
    warn();
  }

  /** Logs a difference, and returns whether it did. */
  synchronized boolean warn() {
    Instant now = clock.instant();
    if (!isAstray()) {
      warnAfter = Instant.MIN;
      return false;
    }
    if (now.isBefore(warnAfter)) {
      return false;
    }
    warnAfter = now.plus(REPEATED);
    LOG.log(
        Level.WARNING, "{0} This node is not ready until the clock is corrected.", difference());
    return true;
  }

  /** Whether the clock of this machine differs from the database's by more than the skew. */
  public boolean isAstray() {
    return clock.ahead().abs().compareTo(allowed) > 0;
  }

  String difference() {
    Duration ahead = clock.ahead();
    return "The clock of this node is "
        + ahead.abs().toSeconds()
        + " s "
        + (ahead.isNegative() ? "behind" : "ahead of")
        + " the clock of the database; signet.token.skew allows "
        + allowed.toSeconds()
        + " s.";
  }
}
