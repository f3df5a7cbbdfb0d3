package dev.signet.token;

import dev.signet.keys.VerifiedToken;
import dev.signet.oauth.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of an access token (RFC 8693).
 *
 * @param subject the former token
 * @param actor the claim {@code act} of the next one
 * @param scope of the next one, like the others
 * @param dpopKey the thumbprint of the key that it is bound to
 */
public record Exchange(
    VerifiedToken subject,
    Optional<Map<String, Object>> actor,
    Scope scope,
    List<String> audience,
    Optional<String> dpopKey) {}
