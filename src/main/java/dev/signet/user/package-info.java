/**
 * Accounts: names, passwords, and who somebody is. The only user of password4j and of the strength
 * estimate. Tokens live in {@code token}, the HTTP side in {@code account} and {@code login}.
 */
package dev.signet.user;
