package dev.signet.token;

import dev.signet.user.User;

/** What a user has granted a client, and not taken back. */
public record UserGrant(User user, String clientId, Granted granted) {}
