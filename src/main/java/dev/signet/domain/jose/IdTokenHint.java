package dev.signet.domain.jose;

import java.util.Optional;

/**
 * The claims of an ID token that Signet issued, perhaps long ago, and that a client presents as a
 * hint.
 *
 * @param subject {@code sub}, the subject of the user for the client
 * @param clientId {@code aud}
 * @param session {@code sid}
 */
public record IdTokenHint(String subject, String clientId, Optional<String> session) {}
