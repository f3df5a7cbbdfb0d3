/**
 * The HTTP side of accounts: registration, one's own account, and all of them for administrators.
 * The rules of accounts live in {@code user}.
 */
package dev.signet.account;
