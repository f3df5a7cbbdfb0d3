package dev.signet.keys;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What an administrator may know of a key: nothing secret.
 *
 * @param id the {@code kid}
 * @param algorithm the one it is used with
 * @param publishedAt since when others can know it; absent for a configured key
 * @param signsFrom when it begins to sign; absent for a configured key
 * @param retiredAt when its successor begins to sign
 * @param verifiesUntil when the last token that it signed has expired
 */
public record RingKey(
    String id,
    String algorithm,
    State state,
    Optional<Instant> publishedAt,
    Optional<Instant> signsFrom,
    Optional<Instant> retiredAt,
    Optional<Instant> verifiesUntil) {

  /** The stages of a key's life. All of them verify. */
  public enum State {
    /** In the JWK set, so that others know it before it signs. */
    PUBLISHED,
    /** Signs every new token. */
    SIGNING,
    /** Signs no more, and verifies what it signed. */
    RETIRED;

    /** As the API writes it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
