/**
 * Typed, validated configuration, read once from MicroProfile Config, and the clock. Each key is
 * named {@code signet.*}; docs/reference/configuration.md lists them. The data source reads its own
 * three keys in {@code datasource}, because one server loads that package from outside the WAR.
 */
package dev.signet.settings;
