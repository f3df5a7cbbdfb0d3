package dev.signet.domain.guard;

import dev.signet.base.settings.BlockSettings;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * A source that has failed attempts or was blocked, or a network that an administrator blocked.
 * Every change locks the row first.
 */
@Entity
@Table(name = "sources")
class Suspect {
  @Id private String network;

  private int repeats;

  @Column(name = "block_id")
  private String blockId;

  @Column(name = "blocked_at")
  private OffsetDateTime blockedAt;

  @Column(name = "blocked_until")
  private OffsetDateTime blockedUntil;

  @Column(name = "blocked_by")
  private String blockedBy;

  private String reason;

  @Column(name = "updated_at")
  private OffsetDateTime updatedAt;

  /** For JPA. */
  protected Suspect() {}

  Suspect(String network, Instant now) {
    this.network = network;
    updatedAt = utc(now);
  }

  boolean isBlocked(Instant now) {
    return blockedUntil != null && now.isBefore(blockedUntil.toInstant());
  }

  /** Returns the block of a blocked source or network. */
  Block block() {
    return new Block(
        blockId,
        network,
        blockedAt.toInstant(),
        blockedUntil.toInstant(),
        Optional.ofNullable(blockedBy),
        Optional.ofNullable(reason));
  }

  /**
   * Blocks it because of its failures: longer each time, until it has no failures for the longest
   * block.
   */
  Block block(Instant now, BlockSettings settings) {
    if (updatedAt.toInstant().plus(settings.most()).isBefore(now)) {
      repeats = 0;
    }
    // 2^30 times the shortest block is longer than the longest.
    Duration doubled = settings.duration().multipliedBy(1L << Math.min(repeats, 30));
    repeats++;
    return block(
        now, doubled.compareTo(settings.most()) < 0 ? doubled : settings.most(), null, null);
  }

  /** Blocks it on behalf of an administrator, or automatically. */
  Block block(Instant now, Duration length, String administrator, String why) {
    blockId = UUID.randomUUID().toString();
    blockedAt = utc(now);
    blockedUntil = utc(now.plus(length));
    blockedBy = administrator;
    reason = why;
    updatedAt = blockedUntil;
    return block();
  }

  /** Ends its block. The next block has the initial duration. */
  void lift(Instant now) {
    repeats = 0;
    blockId = null;
    blockedAt = null;
    blockedUntil = null;
    blockedBy = null;
    reason = null;
    updatedAt = utc(now);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  @Override
  public String toString() {
    return "Suspect[" + network + "]";
  }
}
