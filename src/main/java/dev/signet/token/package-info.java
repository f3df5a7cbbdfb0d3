/**
 * Issues and revokes tokens: their claims, lifetimes, sessions and revocations. Signing is in
 * {@code keys}; the callers decide who may have a token.
 *
 * <p>Session beans on the path of each token are injected with {@code @EJB}: with {@code @Inject},
 * Payara creates an exception with its stack trace at each call.
 */
package dev.signet.token;
