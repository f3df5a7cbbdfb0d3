package dev.signet.settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the signing key comes from: PEM text, PEM files, or a JWK set file; at most one of them.
 * With none, a key is generated and kept in the data directory.
 *
 * @param privatePem PKCS#8 PEM text of the RSA private key
 * @param publicPem PEM text of the public key; optional, it must match the private one
 * @param privateFile a file with the former
 * @param publicFile a file with the latter
 * @param jwksFile a JWK set (RFC 7517) with private keys; the first signs, all verify
 */
public record KeySettings(
    Optional<String> privatePem,
    Optional<String> publicPem,
    Optional<Path> privateFile,
    Optional<Path> publicFile,
    Optional<Path> jwksFile) {

  public static final String PRIVATE = "signet.keys.private";
  public static final String PUBLIC = "signet.keys.public";
  public static final String PRIVATE_FILE = "signet.keys.private.file";
  public static final String PUBLIC_FILE = "signet.keys.public.file";
  public static final String JWKS_FILE = "signet.keys.jwks.file";

  static KeySettings read(SettingsReader reader) {
    KeySettings keys =
        new KeySettings(
            reader.text(PRIVATE),
            reader.text(PUBLIC),
            reader.path(PRIVATE_FILE),
            reader.path(PUBLIC_FILE),
            reader.path(JWKS_FILE));
    if (keys.sources() > 1) {
      reader.fault(
          "Only one of " + PRIVATE + ", " + PRIVATE_FILE + " and " + JWKS_FILE + " may be set.");
    }
    if (keys.publicPem.isPresent() && keys.privatePem.isEmpty()) {
      reader.fault(PUBLIC + " needs " + PRIVATE + ".");
    }
    if (keys.publicFile.isPresent() && keys.privateFile.isEmpty()) {
      reader.fault(PUBLIC_FILE + " needs " + PRIVATE_FILE + ".");
    }
    return keys;
  }

  /** Whether no key is configured. */
  public boolean areGenerated() {
    return sources() == 0;
  }

  private long sources() {
    return Stream.of(privatePem, privateFile, jwksFile).filter(Optional::isPresent).count();
  }

  @Override
  public String toString() {
    return "KeySettings[privateFile="
        + privateFile
        + ", publicFile="
        + publicFile
        + ", jwksFile="
        + jwksFile
        + "]";
  }
}
