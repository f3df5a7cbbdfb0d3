package dev.signet.domain.revocation;

import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * A revocation of access tokens before they expire.
 *
 * @param subject the {@code sid}, {@code sub} or {@code jti} of the tokens
 * @param notBefore for a user, in seconds since 1970: tokens issued earlier are revoked
 * @param expiresAt when all these tokens have expired
 */
public record Revocation(Kind kind, String subject, OptionalLong notBefore, Instant expiresAt) {

  /** The kinds of revocations. */
  public enum Kind {
    /** The tokens of one session. */
    SESSION("sid"),
    /** The tokens of one user that were issued before a time. */
    USER("sub"),
    /** A single token. */
    TOKEN("jti");

    private final String claim;

    Kind(String claim) {
      this.claim = claim;
    }

    /** Returns the claim that identifies the tokens. */
    String claim() {
      return claim;
    }

    /** Returns the name in the database and in the feed. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Kind named(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  public static Revocation ofSession(String id, Instant expiresAt) {
    return new Revocation(Kind.SESSION, id, OptionalLong.empty(), expiresAt);
  }

  public static Revocation ofUser(String id, Instant notBefore, Instant expiresAt) {
    return new Revocation(Kind.USER, id, OptionalLong.of(notBefore.getEpochSecond()), expiresAt);
  }

  public static Revocation ofToken(String id, Instant expiresAt) {
    return new Revocation(Kind.TOKEN, id, OptionalLong.empty(), expiresAt);
  }
}
