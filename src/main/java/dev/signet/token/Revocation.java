package dev.signet.token;

import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Access tokens that are no longer valid although they have not expired.
 *
 * @param subject the {@code sid}, {@code sub} or {@code jti} of the tokens
 * @param notBefore of a user: seconds since 1970; tokens that were issued earlier are revoked
 * @param expiresAt when no such token can be valid any more
 */
public record Revocation(Kind kind, String subject, OptionalLong notBefore, Instant expiresAt) {

  /** Which tokens. */
  public enum Kind {
    /** Those of one session. */
    SESSION("sid"),
    /** Those of one user up to a moment. */
    USER("sub"),
    /** A single one. */
    TOKEN("jti");

    private final String claim;

    Kind(String claim) {
      this.claim = claim;
    }

    /** The claim that tells them. */
    String claim() {
      return claim;
    }

    /** The name in the database and in the feed. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind named(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  static Revocation ofSession(String id, Instant expiresAt) {
    return new Revocation(Kind.SESSION, id, OptionalLong.empty(), expiresAt);
  }

  static Revocation ofUser(String id, Instant notBefore, Instant expiresAt) {
    return new Revocation(Kind.USER, id, OptionalLong.of(notBefore.getEpochSecond()), expiresAt);
  }

  static Revocation ofToken(String id, Instant expiresAt) {
    return new Revocation(Kind.TOKEN, id, OptionalLong.empty(), expiresAt);
  }
}
