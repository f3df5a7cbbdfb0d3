/**
 * The data source that the container pools: the embedded H2 with nothing set, or PostgreSQL. Plain
 * Java without other packages of Signet, because Open Liberty loads it from a library beside the
 * WAR. Migrations and health of the database live in {@code database}.
 */
package dev.signet.datasource;
