/**
 * Figures for a monitoring system: what is counted and timed, under which names, and the texts that
 * Prometheus reads. Who may read them is decided in {@code ops}.
 */
package dev.signet.base.metrics;
