/**
 * The origin of the current request: its trusted source and its request ID. {@code domain.guard}
 * counts by source; {@code domain.audit} records the origin.
 */
package dev.signet.base.origin;
