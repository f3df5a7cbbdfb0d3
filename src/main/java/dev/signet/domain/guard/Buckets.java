package dev.signet.domain.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.signet.base.settings.value.Rate;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.util.function.Function;

/**
 * The token buckets of one limit, one for each source or account. A bucket that was not used for
 * its refill time is full, and is removed. Of more than {@value #MOST} buckets, the least used ones
 * are removed early, which refills them: an attacker with that many addresses circumvents the limit
 * per source anyway, and must not exhaust the memory.
 */
final class Buckets {
  static final int MOST = 100_000;

  /** A bucket from which single tokens are taken. */
  interface Tokens {
    ConsumptionProbe take();
  }

  private final Cache<String, Tokens> buckets;
  private final Function<String, Tokens> maker;

  Buckets(Rate rate, Ticker ticker, Function<String, Tokens> maker) {
    this.maker = maker;
    buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(rate.per())
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /** Takes one token, if available. */
  ConsumptionProbe take(String key) {
    return buckets.get(key, maker).take();
  }

  static Tokens in(Bucket bucket) {
    return () -> bucket.tryConsumeAndReturnRemaining(1);
  }

  /** Returns the number of buckets. */
  long size() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }
}
