/**
 * Signet's keys: where they come from, when they change, and the cryptography below them. What is
 * signed with them is in {@code domain.jose}, secrets without keys in {@code base.secret}.
 */
package dev.signet.domain.keys;
