/**
 * Brute-force protection and limits: sources that fail too often are blocked, accounts make
 * strangers wait after failures, requests are limited, and password hashing is bounded. {@link
 * dev.signet.domain.guard.Guard} is what every check of credentials asks and tells. Passwords are
 * in {@code domain.credential}, the source of a request in {@code base.origin}, the headers of a
 * limit in {@code web.limit}.
 */
package dev.signet.domain.guard;
