/**
 * Clients and users as one file: imported at the start, exported while running. Their members are
 * defined in {@code domain.client} and {@code domain.account}.
 */
package dev.signet.domain.transfer;
