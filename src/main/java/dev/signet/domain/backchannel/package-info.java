/**
 * Logout notices to clients (OpenID Connect Back-Channel Logout 1.0): the queue of notices and
 * their delivery. Which sessions end is decided in {@code domain.session}; the requests themselves
 * are made by {@code domain.outbound}.
 */
package dev.signet.domain.backchannel;
