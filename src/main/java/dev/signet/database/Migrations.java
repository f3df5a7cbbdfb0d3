package dev.signet.database;

import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

/** Brings the schema up to date; nodes that start together wait for one another. */
@DataSourceDefinition(
    name = Database.NAME,
    className = "dev.signet.datasource.SignetDataSource",
    loginTimeout = 5,
    minPoolSize = 2,
    maxPoolSize = 24,
    maxIdleTime = 60,
    // How long a request waits for a connection: for Payara, and for Liberty.
    properties = {"fish.payara.max-wait-time-in-millis=5000", "connectionTimeout=5s"})
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class Migrations {
  @Resource(lookup = Database.NAME)
  private DataSource dataSource;

  /** Applies what is missing and returns how many migrations that were. */
  public int migrate() {
    MigrateResult result =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(dataSource)
            // The empty file flyway.location there is for Liberty, which cannot list folders else.
            .locations("classpath:db/migration")
            .callbackLocations("classpath:db/migration")
            .failOnMissingLocations(true)
            .load()
            .migrate();
    return result.migrationsExecuted;
  }
}
