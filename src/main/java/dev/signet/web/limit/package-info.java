/**
 * Rate limits and the origin of a request: counts requests, and sets the rate limit headers of
 * responses. The counters are in {@code domain.guard}.
 */
package dev.signet.web.limit;
