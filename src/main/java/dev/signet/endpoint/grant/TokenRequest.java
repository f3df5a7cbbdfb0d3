package dev.signet.endpoint.grant;

import dev.signet.domain.client.Client;
import dev.signet.web.body.Form;
import java.util.Optional;

/**
 * A request to the token endpoint whose client is known.
 *
 * @param dpopKey the thumbprint of the key that it proves to have (RFC 9449, section 5)
 */
record TokenRequest(Client client, Form form, Optional<String> dpopKey) {}
