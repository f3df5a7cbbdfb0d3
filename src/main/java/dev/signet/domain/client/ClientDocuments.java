package dev.signet.domain.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signet.base.problem.FieldError;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.DocumentSettings;
import dev.signet.base.settings.RegistrationSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.outbound.Answer;
import dev.signet.domain.outbound.Outbound;
import dev.signet.domain.outbound.RefusedDestination;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Clients that are identified by a client ID metadata document: each publishes its metadata, and
 * its {@code client_id} is the URL of the document (draft-ietf-oauth-client-id-metadata-document).
 * Documents are only fetched from hosts that the operator allows.
 *
 * <p>A document is cached as long as its {@code Cache-Control} specifies, within five minutes and a
 * day. Errors and malformed documents are never cached (section 5.2). If the host does not respond,
 * the cached document stays in use, and the host is not asked again for 30 seconds. If the host
 * responds that the document no longer exists, the client becomes unknown.
 */
@Shared
class ClientDocuments {
  private static final Logger LOG = System.getLogger(ClientDocuments.class.getName());

  private static final int MOST = 1_000;
  private static final Duration LEAST_LIFETIME = Duration.ofMinutes(5);
  private static final Duration USUAL_LIFETIME = Duration.ofHours(1);
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(1);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  /** Request timeout, and too many requests: the response says nothing about the document. */
  private static final Set<Integer> BUSY = Set.of(408, 429);

  /** Limits the threads of the server that wait, because callers are not yet authenticated. */
  private static final int MOST_WAITING = 16;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private static final Pattern JSON_TYPE =
      Pattern.compile("application/([a-z0-9.+-]+\\+)?json *(;.*)?", Pattern.CASE_INSENSITIVE);

  private static final Pattern MAX_AGE = Pattern.compile("max-age=\\d{1,9}");

  private final Outbound outbound;
  private final Algorithms algorithms;
  private final ProfileRules rules;
  private final DocumentSettings settings;
  private final RegistrationSettings limits;
  private final Clock clock;
  private final Semaphore places = new Semaphore(MOST_WAITING);
  private final Cache<String, Published> addresses =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  @Inject
  ClientDocuments(
      Outbound outbound,
      Algorithms algorithms,
      ProfileRules rules,
      DocumentSettings settings,
      RegistrationSettings limits,
      Clock clock) {
    this.outbound = outbound;
    this.algorithms = algorithms;
    this.rules = rules;
    this.settings = settings;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Returns the client with the metadata document at this URL. Never call it within a transaction:
   * it may fetch the document from the client's host.
   *
   * @param stored the client as stored when a user last allowed it access, if ever
   * @return empty if the identifier is not a URL, the host is not allowed, or the document is
   *     missing or invalid
   * @throws Refusal {@link Problem#OVERLOADED} if the document must be fetched and too many
   *     requests are already waiting
   */
  Optional<Client> find(String clientId, Optional<Client> stored) {
    return RegisteredUri.isDocument(clientId) && settings.allows(URI.create(clientId))
        ? addresses.get(clientId, Published::new).find(stored)
        : Optional.empty();
  }

  /**
   * The cached result for one URL.
   *
   * @param client according to the last document
   * @param until when the document is fetched again
   */
  private record Known(Optional<Client> client, Instant until) {
    static final Known NOTHING = new Known(Optional.empty(), Instant.MIN);
  }

  /** The document does not exist or is invalid. */
  private static final class NoDocument extends Exception {
    private static final long serialVersionUID = 1L;

    NoDocument(String message) {
      super(message);
    }
  }

  /** One URL: concurrent requests for its document wait for a single fetch. */
  private final class Published {
    private final String address;
    private volatile Known known = Known.NOTHING;

    Published(String address) {
      this.address = address;
    }

    Optional<Client> find(Optional<Client> stored) {
      Known last = known;
      if (clock.instant().isBefore(last.until())) {
        return last.client();
      }
      if (!places.tryAcquire()) {
        throw Refusal.retryAfter(
            Problem.OVERLOADED,
            "Too many requests are waiting for client metadata documents. Try again shortly.",
            RETRY_AFTER);
      }
      try {
        return refresh(stored);
      } finally {
        places.release();
      }
    }

    private synchronized Optional<Client> refresh(Optional<Client> stored) {
      if (!clock.instant().isBefore(known.until())) {
        known = read(known.client().or(() -> stored));
      }
      return known.client();
    }

    private Known read(Optional<Client> former) {
      try {
        Answer answer = outbound.get(URI.create(address));
        return new Known(Optional.of(client(answer)), clock.instant().plus(lifetime(answer)));
      } catch (NoDocument | RefusedDestination e) {
        LOG.log(
            Level.WARNING,
            "The metadata document of the client {0} is refused: {1}",
            address,
            e.getMessage());
        return Known.NOTHING;
      } catch (IOException e) {
        LOG.log(
            Level.WARNING,
            "The metadata document of the client {0} cannot be fetched: {1}",
            address,
            e.getMessage());
        return former.isPresent() ? new Known(former, clock.instant().plus(PAUSE)) : Known.NOTHING;
      }
    }

    private Client client(Answer answer) throws NoDocument, IOException {
      if (answer.status() >= 500 || BUSY.contains(answer.status())) {
        throw new IOException("status " + answer.status());
      }
      if (answer.status() != 200) {
        throw new NoDocument("status " + answer.status());
      }
      // Otherwise an uploaded file on the host could pass for a client of the host's owner.
      if (!JSON_TYPE.matcher(answer.header("content-type").orElse("")).matches()) {
        throw new NoDocument("the Content-Type must be application/json");
      }
      try {
        return checked(ClientDocument.read(address, answer.body()));
      } catch (IllegalArgumentException e) {
        throw new NoDocument(e.getMessage());
      } catch (Refusal e) {
        throw new NoDocument(
            e.errors().isEmpty()
                ? e.getMessage()
                : e.errors().stream().map(ClientDocuments::text).collect(Collectors.joining("; ")));
      }
    }

    /** Applies the rules for dynamically registered clients. */
    private Client checked(ClientMetadata asked) {
      ClientMetadata limited = limits.scope().map(asked::withScopeWithin).orElse(asked);
      ClientMetadata complete = limited.byItself(ClientMetadata.NONE).of(address).complete();
      algorithms.check(complete);
      rules.check(complete);
      return Client.of(RegisteredClient.ofDocument(complete, clock.instant()), limits);
    }
  }

  private static String text(FieldError error) {
    return error.field() + " " + error.message();
  }

  /** RFC 9111, section 5.2.2, within bounds that section 5.2 of the draft allows. */
  private static Duration lifetime(Answer answer) {
    String control = answer.header("cache-control").orElse("");
    Duration asked = USUAL_LIFETIME;
    for (String directive : control.split(",", -1)) {
      String text = directive.strip().toLowerCase(Locale.ROOT);
      if (text.equals("no-store") || text.equals("no-cache")) {
        return LEAST_LIFETIME;
      }
      if (MAX_AGE.matcher(text).matches()) {
        asked = Duration.ofSeconds(Long.parseLong(text.substring(text.indexOf('=') + 1)));
      }
    }
    return asked.compareTo(LEAST_LIFETIME) < 0
        ? LEAST_LIFETIME
        : asked.compareTo(LONGEST_LIFETIME) > 0 ? LONGEST_LIFETIME : asked;
  }
}
