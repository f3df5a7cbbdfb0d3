package dev.signet.domain.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.signet.base.settings.reading.InvalidSettings;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Reads RSA and P-256 keys from PEM text (RFC 7468): private keys in PKCS#8, PKCS#1 or SEC1, public
 * keys in X.509 or PKCS#1. Each fault names its setting, and no fault shows the key.
 */
final class Pem {
  private static final List<String> KINDS = List.of("RSA", "EC");

  private Pem() {}

  /**
   * Reads a key pair.
   *
   * @param privateSetting the setting of {@code privatePem}
   * @param publicPem the public key; it must match the private key
   */
  static JWK keyPair(
      String privateSetting, String privatePem, String publicSetting, Optional<String> publicPem) {
    PrivateKey privateKey = privateKey(privateSetting, privatePem);
    try {
      JWK pair = pair(privateSetting, privateKey);
      if (publicPem.isPresent()) {
        PublicKey given = publicKey(publicSetting, publicPem.get());
        if (!pair.computeThumbprint().equals(jwk(publicSetting, given).computeThumbprint())) {
          throw new InvalidSettings(publicSetting + " does not belong to " + privateSetting + ".");
        }
      }
      return pair;
    } catch (GeneralSecurityException | JOSEException e) {
      throw new InvalidSettings(privateSetting + " is not a usable key.", e);
    }
  }

  /** Writes a private key as PKCS#8. */
  static String write(JWK key) {
    try {
      byte[] encoded = ((AsymmetricJWK) key).toPrivateKey().getEncoded();
      String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
      return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds the public key, which PKCS#8 may omit. */
  private static JWK pair(String setting, PrivateKey key)
      throws GeneralSecurityException, JOSEException {
    if (key instanceof RSAPrivateCrtKey rsa) {
      RSAPublicKeySpec publicHalf = new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent());
      RSAPublicKey publicKey =
          (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(publicHalf);
      return new RSAKey.Builder(publicKey).privateKey(rsa).keyIDFromThumbprint().build();
    }
    if (key instanceof ECPrivateKey ec
        && Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams()))) {
      return new ECKey.Builder(Curve.P_256, P256.publicKey(ec))
          .privateKey(ec)
          .keyIDFromThumbprint()
          .build();
    }
    throw new InvalidSettings(setting + " must be an RSA key with its CRT values, or a P-256 key.");
  }

  private static JWK jwk(String setting, PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return new RSAKey.Builder(rsa).build();
    }
    if (key instanceof ECPublicKey ec
        && Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams()))) {
      return new ECKey.Builder(Curve.P_256, ec).build();
    }
    throw new InvalidSettings(setting + " must be an RSA or P-256 key.");
  }

  private static PrivateKey privateKey(String setting, String text) {
    PemBlock block = PemText.of(setting, text).privateKey();
    try {
      byte[] encoded =
          switch (block.label()) {
            case PemBlock.RSA_PRIVATE_KEY -> Pkcs.ofRsaPrivateKey(block.content());
            case PemBlock.EC_PRIVATE_KEY -> Pkcs.ofEcPrivateKey(block.content());
            default -> block.content();
          };
      KeySpec spec = new PKCS8EncodedKeySpec(encoded);
      return anyKind(factory -> factory.generatePrivate(spec));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new InvalidSettings(setting + " is not a readable RSA or P-256 private key.", e);
    }
  }

  private static PublicKey publicKey(String setting, String text) {
    PemBlock block = PemText.of(setting, text).publicKey();
    try {
      byte[] encoded =
          block.label().equals(PemBlock.RSA_PUBLIC_KEY)
              ? Pkcs.ofRsaPublicKey(block.content())
              : block.content();
      KeySpec spec = new X509EncodedKeySpec(encoded);
      return anyKind(factory -> factory.generatePublic(spec));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new InvalidSettings(setting + " is not a readable RSA or P-256 public key.", e);
    }
  }

  private interface Reading<K extends Key> {
    K from(KeyFactory factory) throws InvalidKeySpecException;
  }

  /** Tries the factories of all kinds, because each one only recognizes its own kind. */
  private static <K extends Key> K anyKind(Reading<K> reading) throws GeneralSecurityException {
    GeneralSecurityException last = new InvalidKeySpecException();
    for (String kind : KINDS) {
      try {
        return reading.from(KeyFactory.getInstance(kind));
      } catch (InvalidKeySpecException e) {
        last = e;
      }
    }
    throw last;
  }
}
