/**
 * Logout at the authorization server (OpenID Connect RP-Initiated Logout 1.0). Sessions are ended
 * in {@code domain.session}; {@code domain.backchannel} notifies other clients.
 */
package dev.signet.endpoint.logout;
