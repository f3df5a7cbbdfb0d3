/**
 * Signed tokens and proofs: access tokens, ID tokens, client assertions and DPoP proofs are signed,
 * verified and parsed here. The keys are in {@code domain.keys}; the claims of a token are decided
 * in {@code domain.token}; {@code web.caller} extracts tokens from requests.
 */
package dev.signet.domain.jose;
