/**
 * The token endpoint, with one handler for each grant, and the device authorization endpoint.
 * Clients are known to {@code domain.client}, tokens are made in {@code domain.token}; tokens are
 * inspected and revoked in {@code endpoint.introspection}.
 *
 * <p>Session beans on the path of each token are injected with {@code @EJB}: with {@code @Inject},
 * Payara creates an exception with its stack trace at each call.
 */
package dev.signet.endpoint.grant;
