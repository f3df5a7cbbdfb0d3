package dev.signet.domain.keys;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * A stored key. Its times are fixed when it is created, so that its state at any time follows from
 * the rows ({@link Timetable}).
 */
@Entity
@Table(name = "signing_keys")
public class SigningKey {
  @Id private String id;

  private int generation;

  private String algorithm;

  @Column(name = "sealed_key")
  private String sealedKey;

  @Column(name = "has_secret")
  private boolean hasSecret;

  @Column(name = "published_at")
  private OffsetDateTime publishedAt;

  @Column(name = "signs_from")
  private OffsetDateTime signsFrom;

  /** For JPA. */
  protected SigningKey() {}

  SigningKey(
      String id,
      int generation,
      String algorithm,
      String sealedKey,
      Instant publishedAt,
      Instant signsFrom) {
    this.id = id;
    this.generation = generation;
    this.algorithm = algorithm;
    this.sealedKey = sealedKey;
    hasSecret = true;
    this.publishedAt = publishedAt.atOffset(ZoneOffset.UTC);
    this.signsFrom = signsFrom.atOffset(ZoneOffset.UTC);
  }

  /** Returns the {@code kid}: the key's thumbprint (RFC 7638). */
  String id() {
    return id;
  }

  /**
   * Returns the sequence number of the key, which is unique, so that only one node can create the
   * next key.
   */
  int generation() {
    return generation;
  }

  String algorithm() {
    return algorithm;
  }

  /**
   * Returns the encrypted JWK. For a retired key it is the public key, which is still encrypted, so
   * that an attacker with write access to the database cannot add a key.
   */
  String sealedKey() {
    return sealedKey;
  }

  /** Whether the private part is still stored. */
  boolean hasSecret() {
    return hasSecret;
  }

  Instant publishedAt() {
    return publishedAt.toInstant();
  }

  Instant signsFrom() {
    return signsFrom.toInstant();
  }

  @Override
  public String toString() {
    return "SigningKey[" + id + "]";
  }
}
