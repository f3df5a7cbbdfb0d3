package dev.signet.domain.token;

import dev.signet.base.oauth.Scope;
import dev.signet.domain.jose.VerifiedToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a token exchange (RFC 8693).
 *
 * @param subject the subject token
 * @param actor the claim {@code act} of the new token
 * @param scope of the new token
 * @param dpopKey the thumbprint of the key that the new token is bound to
 */
public record Exchange(
    VerifiedToken subject,
    Optional<Map<String, Object>> actor,
    Scope scope,
    List<String> audience,
    Optional<String> dpopKey) {}
