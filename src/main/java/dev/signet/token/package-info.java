/**
 * Issues tokens: what they say and how long they live. Signing itself is in {@code keys}; who may
 * have one is decided by whoever asks for it.
 */
package dev.signet.token;
