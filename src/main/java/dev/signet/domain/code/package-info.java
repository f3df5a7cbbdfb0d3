/**
 * Authorization codes and device codes, which are exchanged for sessions, and pushed authorization
 * requests. The sessions are in {@code domain.session}, the tokens in {@code domain.token}.
 */
package dev.signet.domain.code;
