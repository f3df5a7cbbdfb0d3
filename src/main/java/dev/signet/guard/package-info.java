/**
 * What keeps Signet standing under attack: so far, the bulkhead around password hashing. Who may do
 * what is decided elsewhere; passwords themselves are in {@code user}.
 */
package dev.signet.guard;
