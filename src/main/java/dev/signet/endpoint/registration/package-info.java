/**
 * Dynamic client registration (RFC 7591) and the management of registered clients (RFC 7592). What
 * a client may register is decided in {@code domain.client}.
 */
package dev.signet.endpoint.registration;
