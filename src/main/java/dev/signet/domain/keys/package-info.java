/**
 * Signet's keys: their sources, their rotation, and the underlying cryptography. Signing is in
 * {@code domain.jose}, secrets without keys in {@code base.secret}.
 */
package dev.signet.domain.keys;
