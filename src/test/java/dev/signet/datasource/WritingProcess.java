package dev.signet.datasource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A process that commits rows to the configured database, and says after each commit which one it
 * was, until it is killed. A commit that fails is tried again with the same row.
 */
final class WritingProcess {
  static final String FOUND = "found ";
  static final String COMMITTED = "committed ";
  static final String REFUSED = "refused ";

  private WritingProcess() {}

  public static void main(String[] arguments) throws Exception {
    try (Connection connection = new SignetDataSource().getConnection()) {
      create(connection);
      connection.setAutoCommit(false);
      long last = last(connection);
      connection.commit();
      System.out.println(FOUND + last);
      while (System.in.read() >= 0) { // a byte for each row
        try {
          insert(connection, last + 1);
          connection.commit();
          last++;
          System.out.println(COMMITTED + last);
        } catch (SQLException e) {
          connection.rollback();
          System.out.println(REFUSED + e.getSQLState());
        }
      }
    }
  }

  private static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create table if not exists entries (id bigint primary key, text varchar(400) unique)");
    }
  }

  private static long last(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select coalesce(max(id), 0) from entries")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void insert(Connection connection, long id) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into entries values (?, ?)")) {
      insert.setLong(1, id);
      insert.setString(2, "entry %s ".formatted(id).repeat(20));
      insert.executeUpdate();
    }
  }
}
