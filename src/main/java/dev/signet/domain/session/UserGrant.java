package dev.signet.domain.session;

import dev.signet.domain.user.User;

/** A grant of a user to a client that is still in effect. */
public record UserGrant(User user, String clientId, Granted granted) {}
