/**
 * What others need to know to trust Signet's tokens, and whom they are about: metadata, the JWK
 * set, revocations, userinfo. The keys are in {@code keys}, the users' claims in {@code token}.
 */
package dev.signet.discovery;
