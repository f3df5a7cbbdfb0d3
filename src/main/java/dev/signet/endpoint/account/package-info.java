/**
 * The HTTP side of accounts: registration, self-service, and the administration of all accounts.
 * The rules of accounts are in {@code domain.account} and {@code domain.user}.
 */
package dev.signet.endpoint.account;
