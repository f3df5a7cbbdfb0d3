/**
 * Brute-force protection and limits: sources that fail too often are blocked, accounts delay
 * unknown sources after failures, requests are limited, and password hashing is bounded. Every
 * check of credentials calls {@link dev.signet.domain.guard.Guard}. Passwords are in {@code
 * domain.credential}, the source of a request in {@code base.origin}, the headers of rate limits in
 * {@code web.limit}.
 */
package dev.signet.domain.guard;
