/**
 * The record of security events: what happened, who did it to whom, and from where. What an event
 * means for the request is decided by whoever records it; where the request comes from is known to
 * {@code origin}.
 */
package dev.signet.audit;
