package dev.signet.endpoint.grant;

import dev.signet.domain.client.Client;
import dev.signet.web.body.Form;
import java.util.Optional;

/**
 * A token request of an authenticated client.
 *
 * @param dpopKey the thumbprint of the key of the DPoP proof (RFC 9449, section 5)
 */
record TokenRequest(Client client, Form form, Optional<String> dpopKey) {}
