/**
 * The client registration endpoint, and that of each client that has registered itself. What a
 * client may register is decided in {@code client}.
 */
package dev.signet.registration;
