package dev.signet.client;

import dev.signet.database.Store;
import java.time.Instant;
import java.util.Optional;
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
    ClientMetadata metadata =
        ClientMetadata.ofJson(
                """
                {"grant_types": [%s], "redirect_uris": ["https://app.example.org/back"],
                 "scope": "openid orders offline_access", "client_name": "Shop",
                 "token_endpoint_auth_method": "%s"}
                """
                    .formatted(grantTypes, isPublic ? "none" : "client_secret_basic"))
            .of("c-" + UUID.randomUUID().toString().substring(1, 13))
            .complete();
    RegisteredClient registered =
        new RegisteredClient(metadata, Optional.empty(), Instant.parse("2026-03-01T12:00:00Z"));
    store.inTransaction(
        entities -> {
          entities.persist(registered);
          return registered;
        });
    return Client.of(registered);
  }
}
