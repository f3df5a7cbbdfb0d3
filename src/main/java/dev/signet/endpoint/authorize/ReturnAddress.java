package dev.signet.endpoint.authorize;

import dev.signet.domain.client.Client;
import java.util.Optional;

/**
 * Where a client gets its answer: a redirect URI that it has registered.
 *
 * @param state what the client wants to find in the answer
 * @param uiLocales languages of the page that brings the answer there
 */
record ReturnAddress(
    Client client,
    String uri,
    ResponseMode mode,
    Optional<String> state,
    Optional<String> uiLocales) {}
