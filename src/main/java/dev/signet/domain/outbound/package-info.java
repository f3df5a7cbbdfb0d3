/**
 * Requests of Signet's own to addresses that clients have registered: where they may go, how long
 * they may take, how much may come back. The packages that send them decide what the answers mean.
 */
package dev.signet.domain.outbound;
