/**
 * What clients ask and say about tokens that they have: introspection (RFC 7662) and revocation
 * (RFC 7009). Tokens are verified in {@code domain.jose} and issued in {@code endpoint.grant}.
 */
package dev.signet.endpoint.introspection;
