package dev.signet.domain.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.base.paging.Page;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.DocumentSettings;
import dev.signet.base.settings.Profile;
import dev.signet.base.settings.RegistrationSettings;
import dev.signet.base.settings.RegistrationSettings.Reveal;
import dev.signet.base.settings.TestSettings;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.database.Store;
import dev.signet.domain.outbound.TestOutbound;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Registered clients without an administrator. */
public final class TestRegistration {
  /** Clients that register themselves ask for what they like. */
  public static final RegistrationSettings UNLIMITED = TestSettings.registration(Reveal.NAMES);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ProfileRules NO_RULES = new ProfileRules(Profile.NONE);

  private TestRegistration() {}

  /** Finds these clients, and none by a document. */
  public static ClientDirectory directory(Clients clients) {
    return new ClientDirectory(
        clients,
        new ClientDocuments(
            TestOutbound.toPublicOnly(),
            TestAlgorithms.rs256(),
            NO_RULES,
            new DocumentSettings(Optional.of(Set.of()), false),
            UNLIMITED,
            Clock.systemUTC()),
        NO_RULES,
        UNLIMITED);
  }

  /** A client with these members, as JSON, that is stored nowhere. */
  public static Client of(String members) {
    ClientMetadata metadata = ClientMetadata.ofJson(members).complete();
    return Client.of(
        new RegisteredClient(metadata, Instant.parse("2026-03-01T12:00:00Z")), UNLIMITED);
  }

  /** Stores another client. */
  public static Client add(Store store, String grantTypes, boolean isPublic) {
    return add(
        store,
        """
        "grant_types": [%s], "token_endpoint_auth_method": "%s","""
            .formatted(grantTypes, isPublic ? "none" : "client_secret_basic"));
  }

  /**
   * Stores another client, by default for the scope and the audience of most tests.
   *
   * @param more members of its metadata, each with a comma after it
   */
  public static Client add(Store store, String more) {
    ClientMetadata metadata =
        merged(
                """
                {"client_name": "Shop", "redirect_uris": ["https://app.example.org/back"],
                 "scope": "openid orders offline_access",
                 "audience": ["https://orders.example.org"]}
                """,
                "{%s \"contacts\": []}".formatted(more))
            .of("c-" + UUID.randomUUID().toString().substring(1, 13))
            .complete();
    RegisteredClient registered =
        new RegisteredClient(metadata, Instant.parse("2026-03-01T12:00:00Z"));
    store.inTransaction(
        entities -> {
          entities.persist(registered);
          return registered;
        });
    return Client.of(registered, UNLIMITED);
  }

  /** The same client after an administrator has changed some members, given as JSON. */
  public static Client changed(Client client, String members) {
    ClientMetadata metadata = merged(client.metadata().toJson(), members).complete();
    return Client.of(
        new RegisteredClient(metadata, Instant.parse("2026-03-01T12:00:00Z")), UNLIMITED);
  }

  /** A directory of clients that are stored nowhere. */
  public static ClientDirectory directory(Function<String, Optional<Client>> registered) {
    return new ClientDirectory(null, null, NO_RULES, UNLIMITED) {
      @Override
      public Optional<Client> find(String clientId) {
        return registered.apply(clientId).filter(Client::enabled);
      }
    };
  }

  private static ClientMetadata merged(String members, String others) {
    try {
      ObjectNode all = (ObjectNode) JSON.readTree(members);
      all.setAll((ObjectNode) JSON.readTree(others));
      return ClientMetadata.ofJson(all.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The clients of a store, each call in a transaction as a container makes it. */
  public static Clients transacted(Store store, Clock clock, List<SecurityEvent> events) {
    return new Clients() {
      @Override
      public Optional<RegisteredClient> find(String clientId) {
        return inTransaction(clients -> clients.find(clientId));
      }

      @Override
      public Page<RegisteredClient> list(int limit, Optional<String> after) {
        return inTransaction(clients -> clients.list(limit, after));
      }

      @Override
      public boolean merge(ClientMetadata named, Optional<String> secretHash, Duration overlap) {
        return inTransaction(clients -> clients.merge(named, secretHash, overlap));
      }

      private <T> T inTransaction(Function<Clients, T> work) {
        return store.inTransaction(
            entities ->
                work.apply(
                    new Clients(
                        entities,
                        clock,
                        TestSubjects.unsalted(),
                        TestAlgorithms.rs256(),
                        NO_RULES,
                        change -> {},
                        events::add)));
      }
    };
  }

  /** Whether a secret is good for a client. */
  public static boolean isSecretOf(RegisteredClient client, String secret, Instant now) {
    return Client.of(client, UNLIMITED).secrets().include(new OpaqueToken(secret).hash(), now);
  }
}
