/**
 * Sessions of users, in browsers and with clients, and their refresh tokens: opening, rotating and
 * ending them. The codes that open one are in {@code domain.code}, access tokens in {@code
 * domain.token}, revoked access tokens in {@code domain.revocation}.
 *
 * <p>Session beans on the path of each token are injected with {@code @EJB}: with {@code @Inject},
 * Payara creates an exception with its stack trace at each call.
 */
package dev.signet.domain.session;
