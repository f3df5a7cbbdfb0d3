/**
 * Checks passwords: the policy, the hashes and the login. The only user of password4j and of the
 * strength estimate. Accounts are in {@code domain.user}, brute-force protection in {@code
 * domain.guard}.
 */
package dev.signet.domain.credential;
