/**
 * Discovery metadata, the JWK set, the revocation feed, and userinfo. The keys are in {@code
 * domain.keys}, the claims of users in {@code domain.token}.
 */
package dev.signet.endpoint.discovery;
