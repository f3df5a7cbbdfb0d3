package dev.signet.keys;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * A key of the database's ring. Its times are fixed when it is made, so that what it is for at any
 * moment follows from the rows alone ({@link Timetable}).
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

  /** The {@code kid}: the key's thumbprint (RFC 7638). */
  String id() {
    return id;
  }

  /** Counts the keys; the database lets one node only make the next. */
  int generation() {
    return generation;
  }

  String algorithm() {
    return algorithm;
  }

  /**
   * The JWK as {@link Seal} wrote it. When the key has retired it is the public one, and still
   * sealed: who can write to the database cannot add a key of their own.
   */
  String sealedKey() {
    return sealedKey;
  }

  /** Whether the private part is there. */
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
