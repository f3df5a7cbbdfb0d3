/**
 * Revoked access tokens: the log that all nodes follow, the check in memory, and the signed feed.
 * Sessions end in {@code domain.session}, which adds to the log.
 */
package dev.signet.domain.revocation;
