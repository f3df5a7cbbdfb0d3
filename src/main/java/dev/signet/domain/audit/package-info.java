/**
 * The record of security events: what happened, who did it to whom, and from where. The packages
 * that record an event decide what it means for the request; where the request comes from is known
 * to {@code base.origin}.
 */
package dev.signet.domain.audit;
