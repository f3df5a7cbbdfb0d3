package dev.signet.domain.jose;

import dev.signet.base.secret.Digest;
import dev.signet.base.secret.Hmac;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.keys.Keys;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.LongStream;

/**
 * Stateless nonces for DPoP proofs (RFC 9449, section 8): each minute has a nonce, derived from a
 * secret that all nodes share with the signing key. After a key rotation, clients get a new nonce
 * and try again.
 */
@Shared
public class DpopNonces {
  private static final long SLOT = 60;
  private static final int BYTES = 16;

  private final Keys keys;
  private final Clock clock;

  @Inject
  DpopNonces(Keys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** Returns the current nonce, which is valid for at least a minute. */
  public String current() {
    return nonce(slot());
  }

  /**
   * Whether a nonce is that of this minute, the previous one or, because clocks differ, the next
   * one.
   */
  public boolean accept(String nonce) {
    long now = slot();
    return LongStream.of(now, now - 1, now + 1).anyMatch(slot -> isOf(slot, nonce));
  }

  private boolean isOf(long slot, String nonce) {
    return Digest.isEqual(nonce, nonce(slot));
  }

  private long slot() {
    return clock.instant().getEpochSecond() / SLOT;
  }

  private String nonce(long slot) {
    byte[] code =
        new Hmac(keys.ring().nonceSecret())
            .of(ByteBuffer.allocate(Long.BYTES).putLong(slot).array());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(code, BYTES));
  }
}
