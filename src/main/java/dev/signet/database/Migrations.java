package dev.signet.database;

import dev.signet.settings.InvalidSettings;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

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
  private static final int LEAST_POSTGRESQL = 15;

  @Resource(lookup = Database.NAME)
  private DataSource dataSource;

  /**
   * Applies what is missing and returns how many migrations that were.
   *
   * @throws InvalidSettings if the database is too old, or its schema is of a later Signet
   */
  public int migrate() {
    try (Connection connection = dataSource.getConnection()) {
      DatabaseMetaData database = connection.getMetaData();
      check(database.getDatabaseProductName(), database.getDatabaseMajorVersion());
    } catch (SQLException e) {
      throw new IllegalStateException("The database cannot be reached", e);
    }
    return migrate(dataSource);
  }

  static int migrate(DataSource dataSource) {
    Flyway flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(dataSource)
            // The empty file flyway.location there is for Liberty, which cannot list folders else.
            .locations("classpath:db/migration")
            .callbackLocations("classpath:db/migration")
            .failOnMissingLocations(true)
            .load();
    refuseLaterSchema(flyway.info());
    return flyway.migrate().migrationsExecuted;
  }

  /**
   * Nodes of the former version that run go on during an upgrade, because migrations only add. One
   * that starts could write what the later version does not expect.
   */
  private static void refuseLaterSchema(MigrationInfoService schema) {
    for (MigrationInfo applied : schema.applied()) {
      if (applied.getState() == MigrationState.FUTURE_SUCCESS) {
        throw new InvalidSettings(
            "signet.database.url leads to a schema of a later Signet (migration "
                + applied.getVersion()
                + " is unknown to this version). Start the later version, or restore the backup"
                + " from before its first start.");
      }
    }
  }

  /** MERGE came with PostgreSQL 15; the embedded H2 is always the one that is tested. */
  static void check(String product, int version) {
    if (product.equals("PostgreSQL") && version < LEAST_POSTGRESQL) {
      throw new InvalidSettings(
          "signet.database.url leads to PostgreSQL %d, but Signet needs version %d or later."
              .formatted(version, LEAST_POSTGRESQL));
    }
  }
}
