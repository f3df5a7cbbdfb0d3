package dev.signet.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/** A client, users, and what these have granted it, put into the database. */
final class Grants {
  /** More than can be used up in a run. */
  static final int CODES = 200_000;

  private static final String SECRET = "a secret that is long enough for a benchmark";
  private static final String BACK = "https://app.example.org/back";
  private static final String VERIFIER = "v".repeat(43);

  /** SHA-256 in base64url, as Signet stores what is secret. */
  private static final String HASH =
      "rtrim(translate(encode(sha256((%s)::bytea), 'base64'), '+/', '-_'), '=')";

  private final Postgres postgres;
  private final AtomicLong codes = new AtomicLong();
  private final RefreshTokens tokens = new RefreshTokens();

  Grants(Postgres postgres) {
    this.postgres = postgres;
  }

  /** Each code is another user's, up to 10,000 of them. */
  void fill() throws IOException {
    postgres.execute(
        """
        insert into clients (client_id, metadata, secret_hash, created_at, updated_at)
        values ('bench', '{"client_id":"bench","scope":"api","redirect_uris":["%1$s"],
          "grant_types":["client_credentials","authorization_code","refresh_token"]}',
          %2$s, now(), now());
        """
                .formatted(BACK, HASH.formatted("'" + SECRET + "'"))
            + users("grantor", 10_000)
            + families("grantor", 10_000, "null")
            + """
              insert into authorization_codes (hash, client_id, user_id, browser_id, granted,
                redirect_uri, code_challenge, expires_at)
              select %1$s, 'bench', md5('grantor' || n %% 10000), md5('grantor' || n %% 10000),
                '{"scope":"api","audience":["http://localhost:8080"],"authenticatedAt":"2026-01-01T00:00:00Z","amr":["pwd"]}',
                '%2$s', %3$s, now() + interval '1 day'
              from generate_series(0, %4$d) as n;
              """
                .formatted(
                    HASH.formatted("'code' || n"),
                    BACK,
                    HASH.formatted("'" + VERIFIER + "'"),
                    CODES - 1));
  }

  /** A million users, 10,000 clients and five million refresh tokens that nobody uses. */
  void grow() throws IOException {
    postgres.execute(
        """
        insert into clients (client_id, metadata, secret_hash, created_at, updated_at)
        select 'client' || n, '{"client_id":"client' || n || '","scope":"api"}',
          md5(n::text), now(), now() from generate_series(0, 9999) as n;
        """
            + users("many", 1_000_000)
            + families("many", 1_000_000, "'client' || n % 10000")
            + """
              insert into refresh_tokens (hash, family_id, issued_at, used_at, siblings)
              select %s, md5('many' || n), now(), case when m < 5 then now() end, 0
              from generate_series(0, 999999) as n, generate_series(1, 5) as m;
              analyze
              """
                .formatted(HASH.formatted("'token' || n || '-' || m")));
  }

  private static String users(String name, int number) {
    return """
        insert into users (id, username, username_key, password_hash, group_names, enabled,
          created_at, updated_at)
        select md5('%1$s' || n), '%1$s' || n, '%1$s' || n, 'none', ' user ', true, now(), now()
        from generate_series(0, %2$d) as n;
        """
        .formatted(name, number - 1);
  }

  private static String families(String name, int number, String client) {
    return """
        insert into refresh_families (id, user_id, created_at, last_used_at, last_issued_at,
          authenticated_at, expires_at, idle_expires_at, source, user_agent, client_id, granted)
        select md5('%1$s' || n), md5('%1$s' || n), now(), now(), now(), now(),
          now() + interval '90 days', now() + interval '14 days', '192.0.2.1', '', %3$s, null
        from generate_series(0, %2$d) as n;
        """
        .formatted(name, number - 1, client);
  }

  Call clientCredentials(int users) {
    return Call.form("client", users, authorization(), () -> "grant_type=client_credentials");
  }

  /** Keeps the refresh token of each answer. */
  Call code(int users) {
    return Call.form("code", users, authorization(), this::spendCode).reading(tokens::keep);
  }

  /** Needs a code exchange for each of the users before. */
  Call refresh(int users) {
    return Call.form("refresh", users, authorization(), tokens::spendAsForm).reading(tokens::keep);
  }

  private String spendCode() {
    return "grant_type=authorization_code&code=code"
        + codes.getAndIncrement()
        + "&redirect_uri="
        + URLEncoder.encode(BACK, StandardCharsets.UTF_8)
        + "&code_verifier="
        + VERIFIER;
  }

  private static String authorization() {
    String pair = "bench:" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
