/**
 * Typed, validated configuration, read once from MicroProfile Config. Each key is named {@code
 * signet.*}; docs/reference/configuration.md lists them. {@code base.settings.reading} turns text
 * into values, and {@code base.settings.value} has Signet's own types. The data source reads its
 * own three keys in {@code datasource}, because one server loads that package from outside the WAR.
 */
package dev.signet.base.settings;
