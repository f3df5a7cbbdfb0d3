package dev.signet.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.signet.settings.InvalidSettings;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads RSA and P-256 keys from PEM text (RFC 7468). Each fault names its setting. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");
  private static final List<String> KINDS = List.of("RSA", "EC");

  private Pem() {}

  /**
   * Reads a key pair.
   *
   * @param privateSetting where {@code privatePem} came from
   * @param publicPem the public half; it must belong to the private one
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

  /** With the public half, which PKCS#8 need not contain. */
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
    throw new InvalidSettings(setting + " must be an RSA key with its CRT values, or on P-256.");
  }

  private static JWK jwk(String setting, PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return new RSAKey.Builder(rsa).build();
    }
    if (key instanceof ECPublicKey ec
        && Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams()))) {
      return new ECKey.Builder(Curve.P_256, ec).build();
    }
    throw new InvalidSettings(setting + " must be an RSA key or on P-256.");
  }

  private static PrivateKey privateKey(String setting, String pem) {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new InvalidSettings(setting + " is not a private key in PEM form.");
    }
    if (!"PRIVATE KEY".equals(block.group(1))) {
      throw new InvalidSettings(
          setting
              + " must be an unencrypted PKCS#8 private key (BEGIN PRIVATE KEY), not a "
              + block.group(1)
              + "; 'openssl pkcs8 -topk8 -nocrypt' converts one.");
    }
    try {
      KeySpec spec = new PKCS8EncodedKeySpec(decode(block));
      return anyKind(factory -> factory.generatePrivate(spec));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new InvalidSettings(setting + " is not a readable RSA or EC private key.", e);
    }
  }

  private static PublicKey publicKey(String setting, String pem) {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find() || !"PUBLIC KEY".equals(block.group(1))) {
      throw new InvalidSettings(setting + " must be a public key in PEM form (BEGIN PUBLIC KEY).");
    }
    try {
      KeySpec spec = new X509EncodedKeySpec(decode(block));
      return anyKind(factory -> factory.generatePublic(spec));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new InvalidSettings(setting + " is not a readable RSA or EC public key.", e);
    }
  }

  private interface Reading<K extends Key> {
    K from(KeyFactory factory) throws InvalidKeySpecException;
  }

  /** The encoding says which kind it is, but only to the factory of that kind. */
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

  private static byte[] decode(Matcher block) {
    // Settings often arrive in one line, with escaped line breaks.
    return Base64.getMimeDecoder().decode(block.group(2).replace("\\n", "\n"));
  }
}
