/**
 * The schema and the health of the database, and what its errors mean. How connections are opened
 * lives in {@code datasource}; what is stored, in the feature packages.
 */
package dev.signet.database;
