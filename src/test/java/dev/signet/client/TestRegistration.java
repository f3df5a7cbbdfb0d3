package dev.signet.client;

import dev.signet.database.Store;
import java.time.Instant;
import java.util.UUID;

/** Registered clients without an administrator. */
public final class TestRegistration {
  private TestRegistration() {}

  /** A client with these members, as JSON, that is stored nowhere. */
  public static Client of(String members) {
    ClientMetadata metadata = ClientMetadata.ofJson(members).complete();
    return Client.of(
        new RegisteredClient(metadata, Optional.empty(), Instant.parse("2026-03-01T12:00:00Z")));
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
   * Stores another client.
   *
   * @param more members of its metadata, each with a comma after it
   */
  public static Client add(Store store, String more) {
    ClientMetadata metadata =
        ClientMetadata.ofJson(
                """
                {%s "redirect_uris": ["https://app.example.org/back"],
                 "scope": "openid orders offline_access", "client_name": "Shop"}
                """
                    .formatted(more))
            .of("c-" + UUID.randomUUID().toString().substring(1, 13))
            .complete();
    RegisteredClient registered =
        new RegisteredClient(metadata, Instant.parse("2026-03-01T12:00:00Z"));
    store.inTransaction(
        entities -> {
          entities.persist(registered);
          return registered;
        });
    return Client.of(registered);
  }
}
