/**
 * Logging out at the authorization server: a client sends somebody here (OpenID Connect
 * RP-Initiated Logout 1.0). What ends then is decided in {@code token}, which also tells other
 * clients.
 */
package dev.signet.logout;
