package dev.signet.domain.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.settings.Settings;
import dev.signet.domain.database.StoreContract;
import dev.signet.domain.database.TestClocks;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What nodes promise whose clocks differ, on every database. */
class ClocksContract extends StoreContract {
  private static final Duration YEAR = Duration.ofDays(365);

  @Test
  void nodesFarAheadAndFarBehindAgreeOnTheTime() {
    Clock ahead = TestClocks.ofNodeAhead(store(), YEAR);
    Clock behind = TestClocks.ofNodeAhead(store(), YEAR.negated());

    Duration apart = Duration.between(behind.instant(), ahead.instant()).abs();

    assertTrue(apart.compareTo(Duration.ofSeconds(5)) < 0, apart::toString);
  }

  @Test
  void purgeOfANodeFarAheadDeletesOnlyWhatHasExpired() throws SQLException {
    revocation("alive", "+ interval '1' hour");
    revocation("over", "- interval '1' hour");

    purge(TestClocks.ofNodeAhead(store(), YEAR));

    assertEquals(1, store().count("revocations where subject = 'alive'"));
    assertEquals(0, store().count("revocations where subject = 'over'"));
  }

  @Test
  void purgeOfANodeFarBehindDeletesWhatHasExpired() throws SQLException {
    revocation("late", "- interval '1' hour");

    purge(TestClocks.ofNodeAhead(store(), YEAR.negated()));

    assertEquals(0, store().count("revocations where subject = 'late'"));
  }

  private static void revocation(String subject, String expiry) throws SQLException {
    store()
        .execute(
            "insert into revocations (kind, subject, expires_at) values ('token', '"
                + subject
                + "', current_timestamp "
                + expiry
                + ")");
  }

  private static void purge(Clock clock) {
    Settings settings = Settings.read(key -> Optional.empty());
    store()
        .inTransaction(
            entities ->
                TestPurge.deleteBatch(
                    new Purge(entities, settings.refresh(), settings.token(), clock)));
  }
}
