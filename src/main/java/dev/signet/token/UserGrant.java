package dev.signet.token;

import dev.signet.user.User;

/** A grant of a user to a client that is still in effect. */
public record UserGrant(User user, String clientId, Granted granted) {}
