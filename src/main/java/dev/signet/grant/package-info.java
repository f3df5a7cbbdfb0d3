/**
 * The OAuth endpoints that clients call directly: tokens, one handler per grant; introspection and
 * revocation. Clients are known to {@code client}, tokens are made in {@code token}.
 *
 * <p>Session beans on the way of each token come by {@code @EJB}: by {@code @Inject}, Payara makes
 * an exception, with its stack trace, at each call.
 */
package dev.signet.grant;
