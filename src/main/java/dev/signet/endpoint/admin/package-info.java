/**
 * Administration of clients, keys, blocks, tokens and the audit log. Accounts are in {@code
 * endpoint.account}.
 */
package dev.signet.endpoint.admin;
