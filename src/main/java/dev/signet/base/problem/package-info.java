/**
 * The words in which Signet refuses: problem types (RFC 9457) and the exception that carries one.
 * How they become responses lives in {@code web}.
 */
package dev.signet.base.problem;
