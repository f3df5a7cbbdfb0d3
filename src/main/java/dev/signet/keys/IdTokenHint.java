package dev.signet.keys;

import java.util.Optional;

/**
 * What an ID token of ours says about a login that was, perhaps long ago.
 *
 * @param subject {@code sub}, as its client knows the user
 * @param clientId {@code aud}
 * @param session {@code sid}
 */
public record IdTokenHint(String subject, String clientId, Optional<String> session) {}
