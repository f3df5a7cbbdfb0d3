package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the signing keys come from: the configuration (PEM text, PEM files, or a JWK set file; at
 * most one of them, and with none a key is generated and kept in the data directory), or the
 * database, where Signet creates and rotates keys itself.
 *
 * @param store which of the two
 * @param algorithm of keys that Signet creates
 * @param bits of RSA keys that Signet creates
 * @param privatePem PKCS#8 PEM text of the private key
 * @param publicPem PEM text of the public key; optional, it must match the private one
 * @param privateFile a file with the private key
 * @param publicFile a file with the public key
 * @param jwksFile a JWK set (RFC 7517) with private keys; the first signs, all verify
 * @param encryption 32 bytes in base64, the key that encrypts private keys in the database
 * @param waiting how long a new key is published before it signs; longer than resource servers
 *     cache the JWK set
 * @param rotation how long a key signs before the next one is created; zero disables rotation
 */
public record KeySettings(
    Store store,
    Algorithm algorithm,
    int bits,
    Optional<String> privatePem,
    Optional<String> publicPem,
    Optional<Path> privateFile,
    Optional<Path> publicFile,
    Optional<Path> jwksFile,
    Optional<String> encryption,
    Duration waiting,
    Duration rotation) {

  public static final String STORE = "signet.keys.store";
  public static final String PRIVATE = "signet.keys.private";
  public static final String PUBLIC = "signet.keys.public";
  public static final String PRIVATE_FILE = "signet.keys.private.file";
  public static final String PUBLIC_FILE = "signet.keys.public.file";
  public static final String JWKS_FILE = "signet.keys.jwks.file";
  public static final String ENCRYPTION = "signet.keys.encryption";
  static final String BITS = "signet.keys.bits";
  static final String WAIT = "signet.keys.wait";
  static final String ROTATION = "signet.keys.rotation";

  private static final int ENCRYPTION_BYTES = 32;
  private static final Duration MOST_CACHEABLE = Duration.ofMinutes(5);

  static KeySettings read(SettingsReader reader) {
    KeySettings keys =
        new KeySettings(
            reader.choice(STORE, Store.CONFIG, Store::setting),
            reader.choice("signet.keys.algorithm", Algorithm.RS256, Algorithm::name),
            reader.number(BITS, 2048, 2048, 3072),
            reader.text(PRIVATE),
            reader.text(PUBLIC),
            reader.path(PRIVATE_FILE),
            reader.path(PUBLIC_FILE),
            reader.path(JWKS_FILE),
            reader.secret(ENCRYPTION).map(String::strip),
            reader.duration(
                WAIT, Duration.ofMinutes(15), Duration.ofSeconds(1), Duration.ofDays(30)),
            reader.duration(ROTATION, Duration.ofDays(90), Duration.ZERO, Duration.ofDays(3_650)));
    keys.findFaults(reader);
    return keys;
  }

  private void findFaults(SettingsReader reader) {
    if (bits != 2048 && bits != 3072) {
      reader.fault(BITS + " must be 2048 or 3072.");
    }
    if (sources() > 1) {
      reader.fault(
          "Only one of " + PRIVATE + ", " + PRIVATE_FILE + " and " + JWKS_FILE + " may be set.");
    }
    if (publicPem.isPresent() && privatePem.isEmpty()) {
      reader.fault(PUBLIC + " needs " + PRIVATE + ".");
    }
    if (publicFile.isPresent() && privateFile.isEmpty()) {
      reader.fault(PUBLIC_FILE + " needs " + PRIVATE_FILE + ".");
    }
    if (encryption.isPresent() && !isEncryptionKey(encryption.get())) {
      reader.fault(ENCRYPTION + " must be " + ENCRYPTION_BYTES + " bytes in base64.");
    }
    if (store == Store.CONFIG && encryption.isPresent()) {
      reader.fault(ENCRYPTION + " needs " + STORE + "=" + Store.DATABASE.setting + ".");
    }
    if (store == Store.DATABASE && encryption.isEmpty()) {
      reader.fault(
          STORE
              + "="
              + Store.DATABASE.setting
              + " needs "
              + ENCRYPTION
              + ": "
              + ENCRYPTION_BYTES
              + " random bytes in base64, such as from 'openssl rand -base64 32'.");
    }
    if (store == Store.DATABASE && sources() > 0) {
      reader.fault(
          STORE
              + "="
              + Store.DATABASE.setting
              + " makes its own keys: remove "
              + PRIVATE
              + ", "
              + PRIVATE_FILE
              + " and "
              + JWKS_FILE
              + ".");
    }
    if (!rotation.isZero() && rotation.compareTo(waiting) <= 0) {
      reader.fault(ROTATION + " must be PT0S or longer than " + WAIT + ".");
    }
  }

  /** Whether no key is configured, so that a key is generated. */
  public boolean areGenerated() {
    return store == Store.CONFIG && sources() == 0;
  }

  /**
   * Returns how long resource servers may cache the public keys: they must fetch them again before
   * a new key signs.
   */
  public Duration cacheable() {
    Duration third = Duration.ofSeconds(waiting.toSeconds() / 3);
    return store == Store.CONFIG || third.compareTo(MOST_CACHEABLE) > 0 ? MOST_CACHEABLE : third;
  }

  private long sources() {
    return Stream.of(privatePem, privateFile, jwksFile).filter(Optional::isPresent).count();
  }

  private static boolean isEncryptionKey(String text) {
    try {
      return Base64.getDecoder().decode(text).length == ENCRYPTION_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "KeySettings[store="
        + store
        + ", privateFile="
        + privateFile
        + ", publicFile="
        + publicFile
        + ", jwksFile="
        + jwksFile
        + "]";
  }

  /** Where keys are stored. */
  public enum Store {
    /** In the configuration. */
    CONFIG("config"),
    /** In the database, encrypted; all nodes share and rotate them. */
    DATABASE("database");

    private final String setting;

    Store(String setting) {
      this.setting = setting;
    }

    String setting() {
      return setting;
    }
  }

  /** The algorithms of MicroProfile JWT 2.1 (RFC 7518, section 3.1). */
  public enum Algorithm {
    /** RSA PKCS#1 v1.5 with SHA-256: supported by every verifier. */
    RS256,
    /** ECDSA on P-256 with SHA-256: faster signing, shorter tokens. */
    ES256
  }
}
