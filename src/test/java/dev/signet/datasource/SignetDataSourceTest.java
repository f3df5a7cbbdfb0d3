package dev.signet.datasource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class SignetDataSourceTest {
  private static final List<String> KEYS =
      List.of(
          SignetDataSource.URL,
          SignetDataSource.USER,
          SignetDataSource.PASSWORD,
          SignetDataSource.PASSWORD + ".file",
          SignetDataSource.DIRECTORY);

  @TempDir Path directory;

  @BeforeEach
  @AfterEach
  void forget() {
    KEYS.forEach(System::clearProperty);
  }

  @Test
  void withNothingSetAnEmbeddedDatabaseIsInTheDefaultDirectory() throws Exception {
    assertEquals(
        "jdbc:h2:file:"
            + Path.of("signet-data").toAbsolutePath().resolve("signet")
            + ";LOCK_TIMEOUT=10000;TRACE_LEVEL_FILE=0",
        h2().getURL());
  }

  @Test
  void embeddedDatabaseIsInTheDataDirectory() throws Exception {
    set(SignetDataSource.DIRECTORY, directory.resolve("x/../data").toString());

    assertEquals(
        "jdbc:h2:file:"
            + directory.resolve("data/signet")
            + ";LOCK_TIMEOUT=10000;TRACE_LEVEL_FILE=0",
        h2().getURL());
  }

  @Test
  void embeddedDatabaseOpens() throws Exception {
    set(SignetDataSource.DIRECTORY, directory.toString());

    try (Connection connection = new SignetDataSource().getConnection()) {
      assertTrue(connection.isValid(1));
    }
    assertTrue(directory.resolve("signet.mv.db").toFile().exists());
  }

  @Test
  void blankSettingCountsAsAbsent() throws Exception {
    set(SignetDataSource.URL, "  ");
    set(SignetDataSource.DIRECTORY, directory.toString());

    assertEquals(
        "jdbc:h2:file:" + directory.resolve("signet") + ";LOCK_TIMEOUT=10000;TRACE_LEVEL_FILE=0",
        h2().getURL());
  }

  @Test
  void urlOfH2IsTakenAsItIs() throws Exception {
    set(SignetDataSource.URL, "jdbc:h2:mem:some;DB_CLOSE_DELAY=-1");

    assertEquals("jdbc:h2:mem:some;DB_CLOSE_DELAY=-1", h2().getURL());
  }

  @Test
  void urlOfPostgresqlChoosesPostgresql() throws Exception {
    set(SignetDataSource.URL, " jdbc:postgresql://db.example.org:5433/signet ");
    set(SignetDataSource.USER, "ada");
    set(SignetDataSource.PASSWORD, "secret");

    PGSimpleDataSource postgresql = postgresql();

    assertEquals(List.of("db.example.org"), List.of(postgresql.getServerNames()));
    assertEquals(5433, postgresql.getPortNumbers()[0]);
    assertEquals("signet", postgresql.getDatabaseName());
    assertEquals("ada", postgresql.getUser());
    assertEquals("secret", postgresql.getPassword());
  }

  @Test
  void deadPostgresqlIsNotWaitedForLong() throws Exception {
    set(SignetDataSource.URL, "jdbc:postgresql://db.example.org/signet");

    PGSimpleDataSource postgresql = postgresql();

    assertEquals(3, postgresql.getConnectTimeout());
    assertEquals(20, postgresql.getSocketTimeout());
    assertTrue(postgresql.getTcpKeepAlive());
    assertEquals("signet", postgresql.getApplicationName());
  }

  @Test
  void parametersInTheUrlWin() throws Exception {
    set(
        SignetDataSource.URL,
        "jdbc:postgresql://db.example.org/signet?socketTimeout=60&ApplicationName=blue");

    PGSimpleDataSource postgresql = postgresql();

    assertEquals(60, postgresql.getSocketTimeout());
    assertEquals(3, postgresql.getConnectTimeout());
    assertEquals("blue", postgresql.getApplicationName());
  }

  /** Only a primary takes writes, whichever host that is today. */
  @Test
  void ofSeveralHostsThePrimaryIsAskedFor() throws Exception {
    set(SignetDataSource.URL, "jdbc:postgresql://a.example.org,b.example.org:5433/signet");
    assertEquals("primary", postgresql().getTargetServerType());

    set(SignetDataSource.URL, "jdbc:postgresql://a,b/signet?targetServerType=preferPrimary");
    assertEquals("preferPrimary", postgresql().getTargetServerType());

    set(SignetDataSource.URL, "jdbc:postgresql://a.example.org/signet");
    assertEquals("any", postgresql().getTargetServerType());
  }

  /** A URL may hold a password. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://db/signet?password=secret",
        "postgresql://ada:secret@db/signet",
        "JDBC:H2:mem:secret",
        "secret",
        "jdbc:postgresql://db:port/signet?password=secret"
      })
  void unusableUrlIsRefusedByItsKeyAndNotRepeated(String url) {
    set(SignetDataSource.URL, url);

    IllegalArgumentException fault =
        assertThrows(IllegalArgumentException.class, SignetDataSource::new);

    assertTrue(fault.getMessage().contains(SignetDataSource.URL), fault.getMessage());
    for (Throwable each = fault; each != null; each = each.getCause()) {
      assertFalse(each.toString().contains("secret"), each.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/signet?user=ada",
        "jdbc:postgresql://db/signet?ssl=true&PASSWORD=secret",
        "jdbc:postgresql:signet?sslpassword=secret",
        "jdbc:postgresql://ada:secret@db/signet",
        "jdbc:h2:mem:some;USER=ada;PASSWORD=secret",
        "jdbc:h2:mem:some; password = secret"
      })
  void userOrPasswordInTheUrlIsRefusedByItsKeyAndNotRepeated(String url) {
    set(SignetDataSource.URL, url);

    IllegalArgumentException fault =
        assertThrows(IllegalArgumentException.class, SignetDataSource::new);

    assertEquals(
        "signet.database.url must not contain a user or a password: set signet.database.user and"
            + " signet.database.password.",
        fault.getMessage());
  }

  @Test
  void passwordIsTakenCharacterByCharacter() throws Exception {
    String hostile = " pa$$ ${user.home} \\${HOME} \\\\ %41 ";
    set(SignetDataSource.URL, "jdbc:postgresql://db/signet");
    set(SignetDataSource.USER, "ada");
    set(SignetDataSource.PASSWORD, hostile);

    assertEquals(hostile, postgresql().getPassword());
  }

  @Test
  void passwordMayBeInAFile() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), " from $a file \r\n");
    set(SignetDataSource.URL, "jdbc:postgresql://db/signet");
    set(SignetDataSource.USER, "ada");
    set(SignetDataSource.PASSWORD + ".file", file.toString());

    assertEquals(" from $a file ", postgresql().getPassword());
  }

  private static void set(String key, String value) {
    System.setProperty(key, value);
  }

  private static JdbcDataSource h2() throws Exception {
    return new SignetDataSource().unwrap(JdbcDataSource.class);
  }

  private static PGSimpleDataSource postgresql() throws Exception {
    return new SignetDataSource().unwrap(PGSimpleDataSource.class);
  }
}
