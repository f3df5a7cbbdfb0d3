/**
 * The authorization endpoint (RFC 6749, section 4.1; OpenID Connect Core 1.0, section 3.1.2): what
 * a client asks for is checked, somebody logs in and agrees, and the client gets a code. The pages
 * are in {@code page}, sessions and codes in {@code token}; what codes are exchanged for is decided
 * in {@code grant}.
 */
package dev.signet.authorize;
