/**
 * Signet's own requests to URLs that clients have registered, with limits on their destinations,
 * duration and response size. The packages that send them interpret the responses.
 */
package dev.signet.domain.outbound;
