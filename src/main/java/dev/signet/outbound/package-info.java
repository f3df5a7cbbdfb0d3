/**
 * Requests of Signet's own to addresses that clients have registered: where they may go, how long
 * they may take, how much may come back. What the answers mean is decided by who asks.
 */
package dev.signet.outbound;
