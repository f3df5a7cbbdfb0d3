/**
 * Clients and users as one file: imported at the start, exported while running. What each may say
 * is decided in {@code domain.client} and {@code domain.account}.
 */
package dev.signet.domain.transfer;
