/**
 * The schema and the health of the database, its clock, the meaning of its errors, and the deletion
 * of rows in batches. Connections are opened in {@code datasource}; the tables belong to the other
 * packages of the domain.
 */
package dev.signet.domain.database;
