/**
 * Metrics for a monitoring system: their names, values and the text format for Prometheus. Access
 * to them is decided in {@code endpoint.ops}.
 */
package dev.signet.base.metrics;
