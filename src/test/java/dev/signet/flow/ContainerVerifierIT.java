package dev.signet.flow;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The basic flow with the container's own MicroProfile JWT instead of Signet's token checks, and
 * with nonces in DPoP proofs.
 */
@EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-container")
class ContainerVerifierIT extends Deployed implements BasicFlow, DpopNonceFlow {}
