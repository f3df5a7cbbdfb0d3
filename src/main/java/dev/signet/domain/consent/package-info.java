/**
 * What users have agreed to, for each client. The consent page is in {@code endpoint.authorize};
 * what a client may ask for is decided in {@code domain.client}.
 */
package dev.signet.domain.consent;
