/**
 * Introspection (RFC 7662) and revocation (RFC 7009) of tokens. Tokens are verified in {@code
 * domain.jose} and issued in {@code endpoint.grant}.
 */
package dev.signet.endpoint.introspection;
