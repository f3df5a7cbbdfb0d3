/**
 * What keeps Signet standing under attack: sources that fail too often are blocked, accounts make
 * strangers wait after failures, requests are limited, and password hashing is bounded. {@link
 * dev.signet.guard.Guard} is what every check of credentials asks and tells. Passwords themselves
 * are in {@code user}; where a request comes from is found out in {@code origin}, and how a limit
 * shows in an answer is in {@code web}.
 */
package dev.signet.guard;
