package dev.signet.domain.guard;

import dev.signet.base.settings.value.Limit;
import dev.signet.base.settings.value.Rate;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.database.Database;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.BucketNotFoundException;
import io.github.bucket4j.distributed.proxy.optimization.DelayParameters;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import io.github.bucket4j.util.concurrent.batch.BatchHelper.BatchFailedException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Buckets that all nodes share: rows in PostgreSQL, locked while they are changed. They use their
 * own transactions, so do not call them within a transaction. All nodes use the clock of the
 * database.
 */
@Shared
class SharedBuckets {
  /** With a large rate, a node takes up to a hundredth of the tokens at once, to save queries. */
  private static final int PARTS = 100;

  private static final Duration LONGEST_APART = Duration.ofSeconds(1);

  /** A database that takes longer is treated as unavailable. */
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private static final int BATCH = 1_000;

  /** The statement of the library would use the clock of this machine. */
  private static final String DELETE =
      "delete from rate_limits where id in (select id from rate_limits where expires_at < ?"
          + " fetch first "
          + BATCH
          + " rows only for update skip locked)";

  @Resource(lookup = Database.NAME)
  private DataSource dataSource;

  @Inject private Clock clock;

  private PostgreSQLSelectForUpdateBasedProxyManager<String> rows;

  /** Prepares the buckets, without a query. */
  @PostConstruct
  void prepare() {
    prepare(TIMEOUT);
  }

  void prepare(Duration timeout) {
    rows =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(dataSource)
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .table("rate_limits")
            .idColumn("id")
            .stateColumn("state")
            .expiresAtColumn("expires_at")
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ZERO))
            .requestTimeout(timeout)
            .clientClock(new Wall(clock))
            .build();
  }

  /** Returns the bucket of a source or account, which is specific to the rate. */
  Buckets.Tokens of(Limit limit, Rate rate, Bandwidth bandwidth, String key) {
    String id = limit.slug() + " " + rate + " " + key;
    BucketConfiguration configuration = BucketConfiguration.builder().addLimit(bandwidth).build();
    Buckets.Tokens exact = Buckets.in(rows.builder().build(id, () -> configuration));
    int apart = rate.count() / PARTS;
    if (apart == 0) {
      return exact;
    }
    Buckets.Tokens ahead =
        Buckets.in(
            rows.builder()
                .withOptimization(Optimizations.delaying(new DelayParameters(apart, LONGEST_APART)))
                .build(id, () -> configuration));
    return () -> {
      try {
        return ahead.take();
      } catch (BatchFailedException e) {
        if (!(e.getCause() instanceof BucketNotFoundException)) {
          throw e;
        }
        // Concurrent requests have not inserted the row yet.
        return exact.take();
      }
    };
  }

  /**
   * Deletes a batch of full buckets.
   *
   * @return whether there may be more
   */
  boolean deleteBatch() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setLong(1, clock.millis());
      return delete.executeUpdate() == BATCH;
    } catch (SQLException e) {
      throw new IllegalStateException("Rate limit buckets could not be deleted", e);
    }
  }

  /** The clock for the times that the library stores. */
  private record Wall(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
