/**
 * Rate limits and the origin of a request: requests are counted here, and their answers say how
 * much is left. The counters are in {@code domain.guard}.
 */
package dev.signet.web.limit;
