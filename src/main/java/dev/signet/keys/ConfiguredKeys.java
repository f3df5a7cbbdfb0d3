package dev.signet.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.signet.settings.InvalidSettings;
import dev.signet.settings.KeySettings;
import dev.signet.settings.Settings;
import dev.signet.wiring.Shared;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Loads the key ring from where the settings say, and refuses weak or unusable keys. */
@Shared
class ConfiguredKeys {
  private static final Logger LOG = System.getLogger(ConfiguredKeys.class.getName());
  private static final int LEAST_BITS = 2048;
  private static final int MOST_BITS = 8192;
  private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(65_537);

  /**
   * Loads the ring.
   *
   * @throws InvalidSettings with a sentence that names the setting at fault
   */
  @Produces
  @Singleton
  KeyRing load(Settings settings) {
    KeySettings keys = settings.keys();
    if (keys.privatePem().isPresent()) {
      return ring(
          KeySettings.PRIVATE,
          List.of(
              Pem.keyPair(
                  KeySettings.PRIVATE,
                  keys.privatePem().get(),
                  KeySettings.PUBLIC,
                  keys.publicPem())));
    }
    if (keys.jwksFile().isPresent()) {
      String text = read(KeySettings.JWKS_FILE, keys.jwksFile().get());
      warnIfOthersCanRead(keys.jwksFile().get());
      return ring(KeySettings.JWKS_FILE, jwks(text));
    }
    Path file = keys.privateFile().orElseGet(() -> GeneratedKey.file(settings.dataDirectory()));
    warnIfOthersCanRead(file);
    return ring(
        KeySettings.PRIVATE_FILE,
        List.of(
            Pem.keyPair(
                KeySettings.PRIVATE_FILE,
                read(KeySettings.PRIVATE_FILE, file),
                KeySettings.PUBLIC_FILE,
                keys.publicFile().map(path -> read(KeySettings.PUBLIC_FILE, path)))));
  }

  private static List<RSAKey> jwks(String text) {
    String setting = KeySettings.JWKS_FILE;
    List<RSAKey> keys = new ArrayList<>();
    try {
      for (JWK jwk : JWKSet.parse(text).getKeys()) {
        if (!(jwk instanceof RSAKey rsa)) {
          throw new InvalidSettings(setting + " may hold RSA keys only.");
        }
        boolean usable =
            (rsa.getKeyUse() == null || KeyUse.SIGNATURE.equals(rsa.getKeyUse()))
                && (rsa.getAlgorithm() == null || JWSAlgorithm.RS256.equals(rsa.getAlgorithm()));
        if (!usable) {
          throw new InvalidSettings(setting + " holds a key that is not for signing with RS256.");
        }
        keys.add(
            rsa.getKeyID() != null ? rsa : new RSAKey.Builder(rsa).keyIDFromThumbprint().build());
      }
    } catch (ParseException | JOSEException | IllegalStateException e) {
      throw new InvalidSettings(setting + " is not a readable JWK set.", e);
    }
    if (keys.stream().noneMatch(RSAKey::isPrivate)) {
      throw new InvalidSettings(setting + " holds no private key to sign with.");
    }
    return keys;
  }

  private static KeyRing ring(String setting, List<RSAKey> keys) {
    for (RSAKey key : keys) {
      int bits = key.size();
      if (bits < LEAST_BITS || bits > MOST_BITS) {
        throw new InvalidSettings(
            setting
                + " holds a key of "
                + bits
                + " bits; RSA keys have "
                + LEAST_BITS
                + " to "
                + MOST_BITS
                + ".");
      }
      BigInteger exponent = key.getPublicExponent().decodeToBigInteger();
      if (exponent.compareTo(LEAST_EXPONENT) < 0 || !exponent.testBit(0)) {
        throw new InvalidSettings(setting + " holds a key whose public exponent is below 65537.");
      }
    }
    try {
      KeyRing ring = new KeyRing(keys);
      refuseUnlessPairs(ring);
      return ring;
    } catch (IllegalArgumentException e) {
      throw new InvalidSettings(setting + " holds two keys with one identifier (kid).", e);
    } catch (JOSEException e) {
      throw new InvalidSettings(
          setting + " holds a private key that does not belong to its public one.", e);
    }
  }

  /** The private key must fit the public one, which a JWK states separately. */
  private static void refuseUnlessPairs(KeyRing ring) throws JOSEException {
    JWSHeader header = new JWSHeader(JWSAlgorithm.RS256);
    byte[] sample = {1, 2, 3};
    Base64URL signature = new RSASSASigner(ring.signing()).sign(header, sample);
    JWSVerifier verifier = ring.verifiers().get(ring.signing().getKeyID());
    if (!verifier.verify(header, sample, signature)) {
      throw new JOSEException("public and private key differ");
    }
  }

  private static String read(String setting, Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new InvalidSettings(setting + " names a file that cannot be read: " + file + ".", e);
    }
  }

  private static void warnIfOthersCanRead(Path file) {
    Optional<Set<PosixFilePermission>> permissions = permissions(file);
    if (permissions.isPresent()
        && (permissions.get().contains(PosixFilePermission.GROUP_READ)
            || permissions.get().contains(PosixFilePermission.OTHERS_READ))) {
      LOG.log(
          Level.WARNING,
          "Others than its owner can read the private key in {0}: restrict it (chmod 600).",
          file);
    }
  }

  private static Optional<Set<PosixFilePermission>> permissions(Path file) {
    try {
      return Optional.of(Files.getPosixFilePermissions(file));
    } catch (UnsupportedOperationException | IOException e) {
      // No such permissions on this file system; an unreadable file is reported when it is read.
      return Optional.empty();
    }
  }
}
