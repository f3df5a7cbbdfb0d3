/**
 * Issues access tokens and ID tokens: their claims, their lifetime, and what extensions add.
 * Signing is in {@code domain.jose}, sessions and refresh tokens in {@code domain.session}; the
 * endpoints decide who may have a token.
 *
 * <p>Session beans on the path of each token are injected with {@code @EJB}: with {@code @Inject},
 * Payara creates an exception with its stack trace at each call.
 */
package dev.signet.domain.token;
