package dev.signet.client;

import dev.signet.keys.OpaqueToken;
import java.util.Optional;

/**
 * A client that has registered itself.
 *
 * @param secret if it was just made
 * @param token that the client manages itself with
 */
public record Registration(
    RegisteredClient client, Optional<OpaqueToken> secret, OpaqueToken token) {}
