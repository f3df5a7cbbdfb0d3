/**
 * Clients and users as one file: imported at the start, exported while running. What each may say
 * is decided in {@code client} and {@code user}.
 */
package dev.signet.transfer;
