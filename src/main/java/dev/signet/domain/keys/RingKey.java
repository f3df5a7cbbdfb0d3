package dev.signet.domain.keys;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The public data of a key, for administrators.
 *
 * @param id the {@code kid}
 * @param algorithm its only algorithm
 * @param publishedAt when it was published; absent for a configured key
 * @param signsFrom when it starts to sign; absent for a configured key
 * @param retiredAt when its successor starts to sign
 * @param verifiesUntil when the last token that it signed expires
 */
public record RingKey(
    String id,
    String algorithm,
    State state,
    Optional<Instant> publishedAt,
    Optional<Instant> signsFrom,
    Optional<Instant> retiredAt,
    Optional<Instant> verifiesUntil) {

  /** The stages of a key's life. Keys verify in all of them. */
  public enum State {
    /** In the JWK set before it signs, so that resource servers can fetch it. */
    PUBLISHED,
    /** Signs every new token. */
    SIGNING,
    /** No longer signs, and verifies the tokens that it signed. */
    RETIRED;

    /** Returns the name in the API. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
