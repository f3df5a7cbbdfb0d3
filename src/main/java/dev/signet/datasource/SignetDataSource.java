package dev.signet.datasource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens connections to the configured database. The container creates it by class name, without
 * arguments, and pools its connections.
 */
public final class SignetDataSource implements DataSource {
  public static final String URL = "signet.database.url";
  public static final String USER = "signet.database.user";
  public static final String PASSWORD = "signet.database.password";
  public static final String DIRECTORY = "signet.data.directory";
  public static final String DEFAULT_DIRECTORY = "signet-data";

  /** The message for a URL that {@link #hasCredentials}. */
  public static final String CREDENTIALS_IN_URL =
      URL + " must not contain a user or a password: set " + USER + " and " + PASSWORD + ".";

  /**
   * The lock timeout of H2 in milliseconds, whose default is two seconds; and no trace file, which
   * would grow without limit.
   */
  private static final String OPTIONS = ";LOCK_TIMEOUT=10000;TRACE_LEVEL_FILE=0";

  /** In seconds: a dead database must be detected before clients give up. */
  private static final int CONNECT_SECONDS = 3;

  private static final int ANSWER_SECONDS = 20;

  /** Credentials in a URL: parameters of both drivers, or a user before the host. */
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "[?&;]\\s*(user|password|sslpassword)\\s*=|^jdbc:postgresql://[^/?]*@",
          Pattern.CASE_INSENSITIVE);

  private final DataSource driver;
  private final Sessions sessions;

  /** Reads MicroProfile Config; an unusable URL fails here, naming its key. */
  public SignetDataSource() {
    Function<String, Optional<String>> config = RawValues.configured();
    String url = text(config, URL);
    if (url.isEmpty()) {
      url = "jdbc:h2:file:" + embedded(text(config, DIRECTORY)) + OPTIONS;
    }
    if (hasCredentials(url)) {
      throw new IllegalArgumentException(CREDENTIALS_IN_URL);
    }
    driver = driver(url, text(config, USER), RawValues.secret(config, PASSWORD).orElse(""));
    sessions =
        driver instanceof JdbcDataSource h2
            ? new H2Sessions(h2)
            : new PostgresqlSessions(
                driver, url.contains(PGProperty.PREPARE_THRESHOLD.getName() + "="));
  }

  /**
   * Whether a URL contains a user or a password, which servers and drivers would write to their
   * logs.
   */
  public static boolean hasCredentials(String url) {
    return CREDENTIALS.matcher(url).find();
  }

  private static Path embedded(String configured) {
    Path directory =
        Path.of(configured.isEmpty() ? DEFAULT_DIRECTORY : configured).toAbsolutePath().normalize();
    try {
      DataDirectory.create(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(DIRECTORY + " cannot be written: " + directory + ".", e);
    }
    return directory.resolve("signet");
  }

  private static String text(Function<String, Optional<String>> config, String key) {
    return config.apply(key).map(String::strip).orElse("");
  }

  private static DataSource driver(String url, String user, String password) {
    if (url.startsWith("jdbc:h2:")) {
      JdbcDataSource h2 = new JdbcDataSource();
      h2.setURL(url);
      h2.setUser(user);
      h2.setPassword(password);
      return h2;
    }
    if (url.startsWith("jdbc:postgresql:")) {
      // The parameters of the operator take precedence.
      Properties own = new Properties();
      PGProperty.CONNECT_TIMEOUT.set(own, CONNECT_SECONDS);
      PGProperty.SOCKET_TIMEOUT.set(own, ANSWER_SECONDS);
      PGProperty.TCP_KEEP_ALIVE.set(own, true);
      PGProperty.APPLICATION_NAME.set(own, "signet");
      Properties all = Driver.parseURL(url, own);
      if (all == null) {
        // The URL is not quoted, as it may contain a password.
        throw new IllegalArgumentException(URL + " is not a usable PostgreSQL URL.");
      }
      if (PGProperty.PG_HOST.getOrNull(all).contains(",")
          && PGProperty.TARGET_SERVER_TYPE.getOrNull(all) == null) {
        PGProperty.TARGET_SERVER_TYPE.set(all, "primary"); // A standby accepts no writes.
      }
      PGSimpleDataSource postgresql = new PGSimpleDataSource();
      for (PGProperty property : PGProperty.values()) {
        String value = property.getOrNull(all);
        if (value != null) {
          postgresql.setProperty(property, value);
        }
      }
      if (!user.isEmpty()) {
        postgresql.setUser(user);
        postgresql.setPassword(password);
      }
      return postgresql;
    }
    throw new IllegalArgumentException(
        URL + " must begin with jdbc:postgresql: or jdbc:h2:, the supported databases.");
  }

  @Override
  public Connection getConnection() throws SQLException {
    return LastingConnection.open(sessions);
  }

  /** Opens a connection. WildFly calls this method with an empty user. */
  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return driver.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    driver.setLogWriter(out);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return driver.getLoginTimeout();
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    driver.setLoginTimeout(seconds);
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return driver.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(driver) ? type.cast(driver) : driver.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(driver) || driver.isWrapperFor(type);
  }
}
