package dev.signet.domain.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.jose.ClientKeys;
import dev.signet.domain.outbound.Answer;
import dev.signet.domain.outbound.Outbound;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * The keys that clients publish (the member {@code jwks_uri} of RFC 7591). They are cached for five
 * minutes, even if their server fails in the meantime. An unknown key identifier, or a signature by
 * none of the keys, causes a new fetch, but at most one in 30 seconds, also after a failure, so
 * that senders of assertions cannot cause more.
 */
@Shared
class RemoteKeys {
  private static final Logger LOG = System.getLogger(RemoteKeys.class.getName());

  private static final int MOST = 10_000;
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  static final Duration PAUSE = Duration.ofSeconds(30);

  /** Limits the threads of the server that wait, because callers are not yet authenticated. */
  private static final int MOST_WAITING = 16;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Outbound outbound;
  private final Clock clock;
  private final Semaphore places = new Semaphore(MOST_WAITING);
  private final Cache<String, Published> addresses =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  @Inject
  RemoteKeys(Outbound outbound, Clock clock) {
    this.outbound = outbound;
    this.clock = clock;
  }

  /**
   * Returns the keys that are published at a URL; empty if there are no usable keys.
   *
   * @param keyId the identifier of the needed key, if it is known
   * @throws Refusal {@link Problem#OVERLOADED} if the keys must be fetched and too many requests
   *     are already waiting
   */
  Optional<ClientKeys> find(String uri, Optional<String> keyId) {
    return addresses.get(uri, Published::new).find(keyId);
  }

  /**
   * Fetches the keys again after a signature by none of the cached keys: the client may have
   * published a new key with the same identifier.
   *
   * @param outdated the cached keys
   * @return empty if the keys cannot be fetched now, or were fetched recently
   */
  Optional<ClientKeys> findNewer(String uri, ClientKeys outdated) {
    return addresses.get(uri, Published::new).findNewer(outdated);
  }

  /**
   * The cached result for one URL.
   *
   * @param keys as last published
   * @param goodUntil when the cache expires
   * @param pausedUntil when Signet may fetch them again
   */
  private record Known(Optional<ClientKeys> keys, Instant goodUntil, Instant pausedUntil) {
    Optional<ClientKeys> at(Instant now) {
      return keys.filter(all -> now.isBefore(goodUntil));
    }

    boolean are(ClientKeys others) {
      return keys.filter(all -> all == others).isPresent();
    }

    /** Whether Signet must not fetch the keys now. */
    boolean isPaused(Instant now) {
      return now.isBefore(pausedUntil);
    }

    /** Whether a fetch is not needed or not permitted now. */
    boolean suffices(Optional<String> keyId, Instant now) {
      return isPaused(now)
          || at(now).filter(all -> keyId.isEmpty() || all.have(keyId.get())).isPresent();
    }
  }

  /** One URL. Requests for an unknown key wait for a single fetch; other requests do not wait. */
  private final class Published {
    private final String uri;
    private volatile Known known = new Known(Optional.empty(), Instant.MIN, Instant.MIN);

    Published(String uri) {
      this.uri = uri;
    }

    Optional<ClientKeys> find(Optional<String> keyId) {
      return refreshedUnless(now -> known.suffices(keyId, now));
    }

    Optional<ClientKeys> findNewer(ClientKeys outdated) {
      return refreshedUnless(now -> known.isPaused(now) || !known.are(outdated))
          .filter(keys -> keys != outdated);
    }

    /** Fetches the keys, unless the cached keys are sufficient. */
    private Optional<ClientKeys> refreshedUnless(Predicate<Instant> goodEnough) {
      Instant now = clock.instant();
      if (goodEnough.test(now)) {
        return known.at(now);
      }
      if (!places.tryAcquire()) {
        throw Refusal.retryAfter(
            Problem.OVERLOADED,
            "Too many requests are waiting for keys of clients. Try again shortly.",
            RETRY_AFTER);
      }
      try {
        return refresh(goodEnough);
      } finally {
        places.release();
      }
    }

    private synchronized Optional<ClientKeys> refresh(Predicate<Instant> goodEnough) {
      Instant now = clock.instant();
      if (!goodEnough.test(now)) {
        Known last = known;
        Optional<ClientKeys> fetched = fetch();
        Instant pausedUntil =
            last.at(now).isPresent() || fetched.isEmpty() ? now.plus(PAUSE) : last.pausedUntil();
        known =
            fetched.isPresent()
                ? new Known(fetched, now.plus(LIFETIME), pausedUntil)
                : new Known(last.keys(), last.goodUntil(), pausedUntil);
      }
      return known.at(now);
    }

    private Optional<ClientKeys> fetch() {
      try {
        Answer answer = outbound.get(URI.create(uri));
        if (answer.status() == 200) {
          return Optional.of(ClientKeys.parse(answer.body()));
        }
        LOG.log(
            Level.WARNING, "The keys at {0} cannot be fetched: status {1}", uri, answer.status());
      } catch (IOException | IllegalArgumentException e) {
        LOG.log(Level.WARNING, "The keys at {0} cannot be fetched: {1}", uri, e.getMessage());
      }
      return Optional.empty();
    }
  }
}
