/**
 * What keeps Signet standing under attack: the bulkhead around password hashing, and the limits of
 * how many requests are taken. Who may do what is decided elsewhere; passwords themselves are in
 * {@code user}, and how a limit shows in an answer in {@code web}.
 */
package dev.signet.guard;
