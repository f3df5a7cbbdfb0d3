/**
 * OAuth clients: their metadata, registration, authentication and permissions. Their tokens are
 * issued in {@code token}.
 */
package dev.signet.client;
