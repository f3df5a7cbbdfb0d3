/**
 * Logout at the authorization server (OpenID Connect RP-Initiated Logout 1.0). Sessions end in
 * {@code domain.session}; {@code domain.backchannel} tells other clients.
 */
package dev.signet.endpoint.logout;
