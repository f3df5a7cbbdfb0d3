/**
 * Problem types (RFC 9457) and the exception that carries one. They are converted to responses in
 * {@code web.error}.
 */
package dev.signet.base.problem;
