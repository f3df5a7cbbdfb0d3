package dev.signet.domain.database;

import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.datasource.SignetDataSource;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/** Migrates the schema. Nodes that start together wait for each other. */
@DataSourceDefinition(
    name = Database.NAME,
    className = "dev.signet.datasource.SignetDataSource",
    loginTimeout = 5,
    minPoolSize = 2,
    maxPoolSize = 24,
    maxIdleTime = 60,
    properties = {
      // How long a request waits for a connection: for Payara, and for Liberty.
      "fish.payara.max-wait-time-in-millis=5000",
      "connectionTimeout=5s",
      // Liberty would otherwise reuse statements of a session that has ended.
      "statementCacheSize=0"
    })
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class Migrations {
  private static final String POSTGRESQL = "PostgreSQL";
  private static final int LEAST_POSTGRESQL = 15;

  @Resource(lookup = Database.NAME)
  private DataSource dataSource;

  /**
   * Applies missing migrations and returns their number.
   *
   * @throws InvalidSettings if the database is too old or not UTF-8, or its schema belongs to a
   *     later Signet or to a different application
   */
  public int migrate() {
    try (Connection connection = dataSource.getConnection()) {
      DatabaseMetaData database = connection.getMetaData();
      check(database.getDatabaseProductName(), database.getDatabaseMajorVersion());
      if (database.getDatabaseProductName().equals(POSTGRESQL)) {
        checkEncoding(connection);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The database cannot be reached", e);
    }
    return migrate(dataSource);
  }

  static int migrate(DataSource dataSource) {
    Flyway flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(dataSource)
            // The empty file flyway.location in it lets Liberty list the folder.
            .locations("classpath:db/migration")
            .callbackLocations("classpath:db/migration")
            .failOnMissingLocations(true)
            .load();
    refuseLaterSchema(flyway.info());
    try {
      return flyway.migrate().migrationsExecuted;
    } catch (FlywayException e) {
      if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
        throw new InvalidSettings(
            SignetDataSource.URL
                + " points to a schema that holds tables of another application. Give"
                + " Signet its own database, or create a schema and name it in the URL:"
                + " ?currentSchema=signet.");
      }
      throw e;
    }
  }

  /** Refuses other encodings, which lack most characters, so that storing some names would fail. */
  private static void checkEncoding(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show server_encoding")) {
      row.next();
      String encoding = row.getString(1);
      if (!encoding.equals("UTF8")) {
        throw new InvalidSettings(
            SignetDataSource.URL
                + " points to a database with the encoding "
                + encoding
                + ", but Signet needs UTF8. Create the database with \"encoding 'UTF8'"
                + " template template0\".");
      }
    }
  }

  /**
   * Refuses the schema of a later version. Running nodes of the previous version may continue
   * during an upgrade, because migrations are additive, but a node that starts could write data
   * that the later version does not expect.
   */
  private static void refuseLaterSchema(MigrationInfoService schema) {
    for (MigrationInfo applied : schema.applied()) {
      if (applied.getState() == MigrationState.FUTURE_SUCCESS) {
        throw new InvalidSettings(
            "signet.database.url points to a schema of a later version of Signet (migration "
                + applied.getVersion()
                + " is unknown to this version). Start the later version, or restore"
                + " the backup taken before its first start.");
      }
    }
  }

  /**
   * Checks the version: MERGE requires PostgreSQL 15. The embedded H2 always has the tested
   * version.
   */
  static void check(String product, int version) {
    if (product.equals(POSTGRESQL) && version < LEAST_POSTGRESQL) {
      throw new InvalidSettings(
          "signet.database.url points to PostgreSQL "
              + version
              + ", but Signet needs version "
              + LEAST_POSTGRESQL
              + " or later.");
    }
  }
}
