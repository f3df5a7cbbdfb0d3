package dev.signet.endpoint.authorize;

import dev.signet.domain.client.Client;
import java.util.Optional;

/**
 * Where the authorization response is returned: a registered redirect URI.
 *
 * @param state the state to return to the client
 * @param uiLocales the languages of a page that posts the response
 */
record ReturnAddress(
    Client client,
    String uri,
    ResponseMode mode,
    Optional<String> state,
    Optional<String> uiLocales) {}
