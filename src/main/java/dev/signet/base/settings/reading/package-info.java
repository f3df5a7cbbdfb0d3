/**
 * Reads configuration values as text, checks them and collects what is wrong. Which settings there
 * are is decided in {@code base.settings}.
 */
package dev.signet.base.settings.reading;
