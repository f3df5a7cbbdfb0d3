package dev.signet.domain.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.signet.base.settings.value.Rate;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.util.function.Function;

/**
 * The token buckets of one limit, one for each source or account. One that was not asked for as
 * long as it takes to fill is full, and forgotten. Of more than {@value #MOST}, those that are used
 * least are forgotten early, which gives them a full bucket: whoever has that many addresses
 * circumvents the limit of a source anyway, and memory must not be the price.
 */
final class Buckets {
  static final int MOST = 100_000;

  /** Where tokens are taken from, one at a time. */
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

  /** Takes one token, if there is one. */
  ConsumptionProbe take(String key) {
    return buckets.get(key, maker).take();
  }

  static Tokens in(Bucket bucket) {
    return () -> bucket.tryConsumeAndReturnRemaining(1);
  }

  /** How many are kept. */
  long size() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }
}
