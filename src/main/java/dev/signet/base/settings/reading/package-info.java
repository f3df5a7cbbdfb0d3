/**
 * Reads and checks configuration values, and collects faults. The settings are defined in {@code
 * base.settings}.
 */
package dev.signet.base.settings.reading;
