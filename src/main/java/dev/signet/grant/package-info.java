/**
 * The OAuth endpoints that clients call directly: tokens, one handler per grant; introspection and
 * revocation. Clients are known to {@code client}, tokens are made in {@code token}.
 */
package dev.signet.grant;
