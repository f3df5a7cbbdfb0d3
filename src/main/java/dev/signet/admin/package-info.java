/**
 * What only administrators do that is not about one account: keys, blocks, revoking and explaining
 * tokens. Accounts are in {@code account}; what the endpoints ask for, in the domain.
 */
package dev.signet.admin;
