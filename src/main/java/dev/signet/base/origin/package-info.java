/**
 * The origin of the current request: its trusted source and its request ID. The package {@code
 * guard} counts by source; {@code audit} records the origin.
 */
package dev.signet.base.origin;
