package dev.signet.flow;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The basic flow with the container's own MicroProfile JWT instead of Signet's token checks. */
@EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-container")
class ContainerVerifierIT extends Deployed implements BasicFlow {}
