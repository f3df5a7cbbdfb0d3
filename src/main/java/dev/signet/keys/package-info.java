/**
 * The keys, where they come from and when they change, and signing and verifying with them: the
 * only user of the JOSE library and of the Java cryptography that goes with it. What a token says
 * is decided in {@code token}; how a token arrives with a request, in {@code web}.
 */
package dev.signet.keys;
