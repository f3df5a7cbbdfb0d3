/**
 * The consents of users to clients. The consent page is in {@code endpoint.authorize}; {@code
 * domain.client} decides what a client may request.
 */
package dev.signet.domain.consent;
