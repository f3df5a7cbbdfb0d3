/**
 * Checks passwords: the policy, the hashes and the login. This is the only package that uses
 * password4j and the strength estimate. Accounts are in {@code domain.user}, brute-force protection
 * in {@code domain.guard}.
 */
package dev.signet.domain.credential;
