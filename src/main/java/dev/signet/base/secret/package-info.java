/**
 * Secrets that need no signing key: random ones, digests, authentication codes, comparison in
 * constant time, pairwise subjects, and the encryption of stored keys. Signing keys are in {@code
 * domain.keys}, passwords in {@code domain.credential}.
 */
package dev.signet.base.secret;
