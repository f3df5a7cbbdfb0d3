/**
 * Issues tokens and takes them back: what they say, how long they live, the sessions that they
 * belong to, and revocations. Signing itself is in {@code keys}; who may have a token is decided by
 * whoever asks for it.
 *
 * <p>Session beans on the way of each token come by {@code @EJB}: by {@code @Inject}, Payara makes
 * an exception, with its stack trace, at each call.
 */
package dev.signet.token;
