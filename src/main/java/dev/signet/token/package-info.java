/**
 * Issues tokens and takes them back: what they say, how long they live, the sessions that they
 * belong to, and revocations. Signing itself is in {@code keys}; who may have a token is decided by
 * whoever asks for it.
 */
package dev.signet.token;
