/**
 * The data source that the container pools: the embedded H2 with nothing set, or PostgreSQL. It
 * does not use other packages of Signet, because Open Liberty loads it from a library outside the
 * WAR. Migrations and health of the database are in {@code domain.database}.
 */
package dev.signet.datasource;
