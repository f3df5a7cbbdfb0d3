package dev.signet.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Many revocations of tokens, sessions and users that nobody has, put into the database. */
final class Revocations {
  static final int NUMBER = 100_000;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern ID = Pattern.compile("\"jti\":\"(?<id>[^\"]+)\"");

  private final Server server;
  private final Postgres postgres;
  private final String probe;

  /**
   * Prepares them.
   *
   * @param probe a token that the last of them revokes: where it is refused, all are known
   */
  Revocations(Server server, Postgres postgres, String probe) {
    this.server = server;
    this.postgres = postgres;
    this.probe = probe;
  }

  /** Returns when the server knows them all; it will forget them after {@code life}. */
  void publish(Duration life) throws IOException, InterruptedException {
    postgres.execute(
        """
        insert into revocations (kind, subject, not_before, expires_at)
        select kind, gen_random_uuid()::text,
            case kind when 'user' then extract(epoch from now())::bigint end, %2$s
        from (select (array['session', 'token', 'user'])[1 + number %% 3] as kind
            from generate_series(1, %1$d) as number) as kinds;
        insert into revocations (kind, subject, expires_at) values ('token', '%3$s', %2$s)
        """
            .formatted(NUMBER, "now() + interval '" + life.toSeconds() + " s'", id(probe)));
    awaitStatus(401);
  }

  /** Returns when the server has forgotten them. */
  void awaitEnd() throws IOException, InterruptedException {
    if (server.status("/api/protected", probe) != 401) {
      throw new IOException("The revocations ended before they were measured.");
    }
    awaitStatus(200);
  }

  private void awaitStatus(int status) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (server.status("/api/protected", probe) != status) {
      if (System.nanoTime() > end) {
        throw new IOException("The server has not caught up with the revocations.");
      }
      Thread.sleep(200);
    }
  }

  private static String id(String token) throws IOException {
    byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    Matcher id = ID.matcher(new String(claims, StandardCharsets.UTF_8));
    if (!id.find()) {
      throw new IOException("The token has no identifier.");
    }
    return id.group("id");
  }
}
