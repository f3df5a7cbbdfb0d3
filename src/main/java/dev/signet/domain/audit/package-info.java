/**
 * The audit log of security events: what happened, who did it to whom, and from where. The packages
 * that record an event decide its meaning for the request; the source of the request is in {@code
 * base.origin}.
 */
package dev.signet.domain.audit;
