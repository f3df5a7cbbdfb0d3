package dev.signet.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signet.keys.ClientKeys;
import dev.signet.outbound.Answer;
import dev.signet.outbound.Outbound;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import dev.signet.wiring.Shared;
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
 * The keys of clients that publish them (the member {@code jwks_uri} of RFC 7591). They are
 * remembered for five minutes, also if their server fails meanwhile. A key that is not among them,
 * or a signature that is by none of them, makes Signet ask again, but after that, or after a
 * failure, not for 30 seconds: senders of assertions cannot make it ask more.
 */
@Shared
class RemoteKeys {
  private static final Logger LOG = System.getLogger(RemoteKeys.class.getName());

  private static final int MOST = 10_000;
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  static final Duration PAUSE = Duration.ofSeconds(30);

  /** Threads of the server: nobody who sends assertions is known yet. */
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
   * Returns the keys that are published at an address; empty if there are none that can be used.
   *
   * @param keyId which one is wanted, if that is known
   * @throws Refusal {@link Problem#OVERLOADED} if it must be fetched, and too many wait already
   */
  Optional<ClientKeys> find(String uri, Optional<String> keyId) {
    return addresses.get(uri, Published::new).find(keyId);
  }

  /**
   * Fetches the keys of an address again, because a signature is by none of those that were known:
   * the client may have published another key under the same identifier.
   *
   * @param outdated the keys that were known
   * @return empty if they cannot be fetched now, or were fetched a short while ago
   */
  Optional<ClientKeys> findNewer(String uri, ClientKeys outdated) {
    return addresses.get(uri, Published::new).findNewer(outdated);
  }

  /**
   * What is known of one address.
   *
   * @param keys as they were published last
   * @param goodUntil when they are to be looked for again
   * @param pausedUntil when Signet may ask again
   */
  private record Known(Optional<ClientKeys> keys, Instant goodUntil, Instant pausedUntil) {
    Optional<ClientKeys> at(Instant now) {
      return keys.filter(all -> now.isBefore(goodUntil));
    }

    boolean are(ClientKeys others) {
      return keys.filter(all -> all == others).isPresent();
    }

    /** Whether Signet must not ask now. */
    boolean isPaused(Instant now) {
      return now.isBefore(pausedUntil);
    }

    /** Whether there is nothing more to be had now. */
    boolean suffices(Optional<String> keyId, Instant now) {
      return isPaused(now)
          || at(now).filter(all -> keyId.isEmpty() || all.have(keyId.get())).isPresent();
    }
  }

  /** One address. Who wants a key that is not known waits for who fetches it; others do not. */
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

    /** Fetches the keys, unless those that are known are good enough. */
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
