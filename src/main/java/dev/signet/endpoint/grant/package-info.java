/**
 * The token endpoint, with one handler for each grant type, and the device authorization endpoint.
 * Clients are in {@code domain.client}, tokens are issued in {@code domain.token}, and introspected
 * and revoked in {@code endpoint.introspection}.
 *
 * <p>Session beans on the path of each token are injected with {@code @EJB}: with {@code @Inject},
 * Payara creates an exception with its stack trace at each call.
 */
package dev.signet.endpoint.grant;
