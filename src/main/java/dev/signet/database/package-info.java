/**
 * The schema and the health of the database, what its errors mean, and how rows are deleted. How
 * connections are opened lives in {@code datasource}; what is stored, in the feature packages.
 */
package dev.signet.database;
