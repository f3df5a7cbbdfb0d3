package dev.signet.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signet.keys.ClientKeys;
import dev.signet.outbound.Answer;
import dev.signet.outbound.Outbound;
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

/**
 * The keys of clients that publish them (the member {@code jwks_uri} of RFC 7591). They are
 * remembered for five minutes, also if their server fails meanwhile. A key that is not among them
 * makes Signet ask again, but after that, or after a failure, not for 30 seconds: whoever sends
 * assertions cannot make it ask more.
 */
@Shared
class RemoteKeys {
  private static final Logger LOG = System.getLogger(RemoteKeys.class.getName());

  private static final int MOST = 10_000;
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Outbound outbound;
  private final Clock clock;
  private final Cache<String, Published> known =
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
   */
  Optional<ClientKeys> find(String uri, Optional<String> keyId) {
    return known.get(uri, Published::new).find(keyId);
  }

  /** One address. Who wants its keys waits for who fetches them; others are not held up. */
  private final class Published {
    private final String uri;
    private Optional<ClientKeys> keys = Optional.empty();
    private Instant goodUntil = Instant.MIN;
    private Instant pausedUntil = Instant.MIN;

    Published(String uri) {
      this.uri = uri;
    }

    synchronized Optional<ClientKeys> find(Optional<String> keyId) {
      Instant now = clock.instant();
      keys = keys.filter(all -> now.isBefore(goodUntil));
      boolean isGood = keys.filter(all -> keyId.isEmpty() || all.have(keyId.get())).isPresent();
      if (!isGood && !now.isBefore(pausedUntil)) {
        refresh(now);
      }
      return keys;
    }

    private void refresh(Instant now) {
      Optional<ClientKeys> fetched = fetch();
      if (keys.isPresent() || fetched.isEmpty()) {
        pausedUntil = now.plus(PAUSE);
      }
      if (fetched.isPresent()) {
        keys = fetched;
        goodUntil = now.plus(LIFETIME);
      }
    }

    private Optional<ClientKeys> fetch() {
      try {
        Answer answer = outbound.get(URI.create(uri));
        if (answer.status() == 200) {
          return Optional.of(ClientKeys.parse(answer.body()));
        }
        LOG.log(Level.WARNING, "The keys at {0} came with status {1}", uri, answer.status());
      } catch (IOException | IllegalArgumentException e) {
        LOG.log(Level.WARNING, "The keys at {0} cannot be had: {1}", uri, e.getMessage());
      }
      return Optional.empty();
    }
  }
}
