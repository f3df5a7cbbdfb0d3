/**
 * Registered OAuth clients: what is known of them, and whether somebody is one. What a client may
 * do is asked here, what it gets is made in {@code token}.
 */
package dev.signet.client;
