/**
 * Types of settings that are Signet's own: networks, rates, limits, audiences of assertions. The
 * settings that have them are in {@code base.settings}.
 */
package dev.signet.base.settings.value;
