/**
 * Registered OAuth clients: their metadata, their registration and their authentication. Consents
 * of users are in {@code domain.consent}; the tokens of a client are issued in {@code
 * domain.token}.
 */
package dev.signet.domain.client;
