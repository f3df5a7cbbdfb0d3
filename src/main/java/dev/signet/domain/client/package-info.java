/**
 * Registered OAuth clients: their metadata, their registration and their authentication. What users
 * have agreed to is in {@code domain.consent}; the tokens of a client are made in {@code
 * domain.token}.
 */
package dev.signet.domain.client;
