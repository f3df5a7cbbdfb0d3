/**
 * What is exchanged for a session: authorization codes, device codes and pushed authorization
 * requests. The sessions are in {@code domain.session}, the tokens in {@code domain.token}.
 */
package dev.signet.domain.code;
