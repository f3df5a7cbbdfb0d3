package dev.signet.bench;

import jakarta.persistence.NamedNativeQuery;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.Callable;

/** What a refresh asks the database, with nothing around it: a query, the rotation, a commit. */
final class Rotations implements Callable<Void> {
  private static final String QUERY =
      "select * from refresh_tokens t, refresh_families f, users u where t.hash = ?"
          + " and f.id = t.family_id and u.id = f.user_id";
  private static final String ROTATE = rotate();

  private final Connection connection;
  private final String family;
  private String token = UUID.randomUUID().toString();

  /** Prepares a token of one of the families that {@link Grants} has made. */
  Rotations(String url, int number) {
    try {
      connection = DriverManager.getConnection(url);
      connection.setAutoCommit(false);
      try (PreparedStatement first =
          connection.prepareStatement(
              "insert into refresh_tokens (hash, family_id, issued_at, siblings)"
                  + " select ?, id, now(), 0 from refresh_families where id = md5('grantor' || ?)"
                  + " returning family_id")) {
        first.setString(1, token);
        first.setInt(2, number);
        try (ResultSet row = first.executeQuery()) {
          row.next();
          family = row.getString(1);
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The server's own text, with parameters as JDBC has them. */
  private static String rotate() {
    try {
      return Arrays.stream(
              Class.forName("dev.signet.domain.session.RefreshToken")
                  .getAnnotationsByType(NamedNativeQuery.class))
          .filter(query -> query.name().equals("RefreshToken.rotate"))
          .findFirst()
          .orElseThrow()
          .query()
          .replaceAll("\\?\\d+", "?");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Void call() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(QUERY)) {
      query.setString(1, token);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        for (int column = row.getMetaData().getColumnCount(); column > 0; column--) {
          row.getObject(column);
        }
      }
    }
    String next = UUID.randomUUID().toString();
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    try (PreparedStatement rotate = connection.prepareStatement(ROTATE)) {
      rotate.setString(1, token);
      rotate.setString(2, next);
      rotate.setString(3, family);
      rotate.setObject(4, now);
      rotate.setString(5, next); // It stands for the digest of the request.
      for (int parameter = 6; parameter <= 8; parameter++) {
        rotate.setObject(parameter, now);
      }
      rotate.setObject(9, now.plusDays(1));
      rotate.setString(10, family);
      if (rotate.executeUpdate() != 2) {
        throw new SQLException("The token was not rotated.");
      }
    }
    connection.commit();
    token = next;
    return null;
  }
}
