package dev.signet.domain.client;

import dev.signet.base.secret.OpaqueToken;
import java.util.Optional;

/**
 * A dynamically registered client.
 *
 * @param secret if it was just generated
 * @param token the registration access token
 */
public record Registration(
    RegisteredClient client, Optional<OpaqueToken> secret, OpaqueToken token) {}
