package dev.signet.domain.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.signet.base.origin.Origin;
import dev.signet.base.origin.Source;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.LimitSettings;
import dev.signet.base.settings.value.Limit;
import dev.signet.base.settings.value.Rate;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.Reason;
import dev.signet.domain.audit.SecurityEvent;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts requests in token buckets: each holds as many tokens as its rate allows in a burst, and is
 * refilled evenly within the rate's duration. Each node counts for itself, in memory. With {@code
 * signet.limit.shared}, all nodes count together, and each for itself while the database does not
 * respond.
 */
@Shared
public class RateLimits {
  private static final Logger LOG = System.getLogger(RateLimits.class.getName());

  /** A refused source may continue: it is recorded once in this time. */
  private static final Duration RECORDED = Duration.ofMinutes(1);

  /** How long the database is not used after a failure. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final LimitSettings settings;
  private final SharedBuckets shared;
  private final AuditLog audit;
  private final Ticker ticker;
  private final Map<Limit, Buckets> here = new EnumMap<>(Limit.class);
  private final Map<Limit, Buckets> everywhere = new EnumMap<>(Limit.class);
  private final Cache<String, Boolean> recorded;
  private volatile long sharedAgain;

  @Inject
  RateLimits(LimitSettings settings, SharedBuckets shared, AuditLog audit) {
    // The monotonic clock: a bucket would stall if the wall clock was set back.
    this(settings, shared, audit, Ticker.systemTicker());
  }

  RateLimits(LimitSettings settings, SharedBuckets shared, AuditLog audit, Ticker ticker) {
    this.settings = settings;
    this.shared = shared;
    this.audit = audit;
    this.ticker = ticker;
    sharedAgain = ticker.read();
    recorded =
        Caffeine.newBuilder()
            .maximumSize(Buckets.MOST)
            .expireAfterWrite(RECORDED)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
    settings.rates().forEach(this::prepare);
  }

  private void prepare(Limit limit, Rate rate) {
    Bandwidth bandwidth =
        Bandwidth.builder().capacity(rate.count()).refillGreedy(rate.count(), rate.per()).build();
    TimeMeter meter = new Monotonic(ticker);
    here.put(
        limit,
        new Buckets(
            rate,
            ticker,
            key ->
                Buckets.in(
                    Bucket.builder().addLimit(bandwidth).withCustomTimePrecision(meter).build())));
    if (settings.shared()) {
      everywhere.put(
          limit, new Buckets(rate, ticker, key -> shared.of(limit, rate, bandwidth, key)));
    }
  }

  /** Whether requests from this source are exempt from limits. */
  public boolean exempt(Source source) {
    return source.isIn(settings.allowed());
  }

  /**
   * Counts a request. Do not call it within a transaction.
   *
   * @param key the source or the account; at most 64 characters
   * @return empty if the limit is off
   */
  public Optional<Verdict> check(Limit limit, String key) {
    Rate rate = settings.rates().get(limit);
    if (rate == null) {
      return Optional.empty();
    }
    return Optional.of(verdict(limit, rate, key, take(limit, key)));
  }

  /**
   * Counts a request within a transaction, and therefore only on this node.
   *
   * @throws Refusal {@link Problem#RATE_LIMITED}
   */
  public void admit(Limit limit, String key) {
    Rate rate = settings.rates().get(limit);
    boolean exempt = Origin.current().source().filter(this::exempt).isPresent();
    if (rate != null && !exempt) {
      Verdict verdict = verdict(limit, rate, key, here.get(limit).take(key));
      if (!verdict.accepted()) {
        throw refusal(verdict);
      }
    }
  }

  /**
   * Deletes a batch of buckets that the database no longer needs. Returns whether there may be
   * more.
   */
  public boolean deleteBatch() {
    return settings.shared() && shared.deleteBatch();
  }

  /** Returns the number of buckets of a limit on this node. */
  long size(Limit limit) {
    return here.get(limit).size();
  }

  /** Returns the refusal for a request that exceeds a limit. */
  public static Refusal refusal(Verdict verdict) {
    return Refusal.retryAfter(
        Problem.RATE_LIMITED, "Too many requests. Try again later.", verdict.delay());
  }

  private ConsumptionProbe take(Limit limit, String key) {
    Buckets common = everywhere.get(limit);
    if (common != null && ticker.read() - sharedAgain >= 0) {
      try {
        return common.take(key);
      } catch (RuntimeException e) {
        sharedAgain = ticker.read() + PAUSE.toNanos();
        LOG.log(
            Level.WARNING,
            "Rate limits cannot be shared with other nodes for now; this node counts by"
                + " itself: {0}",
            e.toString());
      }
    }
    return here.get(limit).take(key);
  }

  private Verdict verdict(Limit limit, Rate rate, String key, ConsumptionProbe probe) {
    if (!probe.isConsumed() && recorded.asMap().putIfAbsent(limit.slug() + key, true) == null) {
      audit.record(SecurityEvent.of(EventType.RATE_LIMITED, Reason.LIMIT).detail(limit.slug()));
    }
    return new Verdict(
        limit,
        rate,
        probe.isConsumed(),
        probe.getRemainingTokens(),
        probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill()),
        Duration.ofNanos(probe.getNanosToWaitForReset()));
  }

  private record Monotonic(Ticker ticker) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return ticker.read();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
