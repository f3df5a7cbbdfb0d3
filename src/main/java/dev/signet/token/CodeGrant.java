package dev.signet.token;

import dev.signet.client.Client;
import java.util.Optional;

/**
 * What an authorization code is for.
 *
 * @param browser in which it was granted
 * @param redirectUri that the code is sent to
 * @param codeChallenge of the method S256 (RFC 7636, section 4.2)
 */
public record CodeGrant(
    Client client,
    BrowserSession browser,
    Granted granted,
    String redirectUri,
    Optional<String> codeChallenge) {}
