package dev.signet.domain.code;

import dev.signet.domain.client.Client;
import dev.signet.domain.session.BrowserSession;
import dev.signet.domain.session.Granted;
import java.util.Optional;

/**
 * The parameters of an authorization code to issue.
 *
 * @param browser the session in which it is granted
 * @param redirectUri where the code is sent
 * @param codeChallenge the S256 challenge (RFC 7636, section 4.2)
 */
public record CodeGrant(
    Client client,
    BrowserSession browser,
    Granted granted,
    String redirectUri,
    Optional<String> codeChallenge) {}
