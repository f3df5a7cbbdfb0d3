package dev.signet.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import dev.signet.settings.InvalidSettings;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads RSA keys from PEM text (RFC 7468). Each fault names the setting the text came from. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");

  private Pem() {}

  /**
   * Reads a key pair.
   *
   * @param privateSetting where {@code privatePem} came from
   * @param publicPem the public half; it must belong to the private one
   */
  static RSAKey keyPair(
      String privateSetting, String privatePem, String publicSetting, Optional<String> publicPem) {
    RSAPrivateCrtKey privateKey = privateKey(privateSetting, privatePem);
    try {
      RSAPublicKey derived =
          (RSAPublicKey)
              rsa()
                  .generatePublic(
                      new RSAPublicKeySpec(
                          privateKey.getModulus(), privateKey.getPublicExponent()));
      if (publicPem.isPresent()) {
        RSAPublicKey given = publicKey(publicSetting, publicPem.get());
        if (!given.getModulus().equals(derived.getModulus())
            || !given.getPublicExponent().equals(derived.getPublicExponent())) {
          throw new InvalidSettings(publicSetting + " does not belong to " + privateSetting + ".");
        }
      }
      return new RSAKey.Builder(derived).privateKey(privateKey).keyIDFromThumbprint().build();
    } catch (GeneralSecurityException | JOSEException e) {
      throw new InvalidSettings(privateSetting + " is not a usable RSA key.", e);
    }
  }

  /** Writes a private key as PKCS#8. */
  static String write(PrivateKey key) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
  }

  private static RSAPrivateCrtKey privateKey(String setting, String pem) {
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
      if (rsa().generatePrivate(new PKCS8EncodedKeySpec(decode(block)))
          instanceof RSAPrivateCrtKey key) {
        return key;
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new InvalidSettings(setting + " is not a readable RSA private key.", e);
    }
    throw new InvalidSettings(setting + " must be an RSA key with its CRT values.");
  }

  private static RSAPublicKey publicKey(String setting, String pem) {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find() || !"PUBLIC KEY".equals(block.group(1))) {
      throw new InvalidSettings(setting + " must be a public key in PEM form (BEGIN PUBLIC KEY).");
    }
    try {
      KeySpec spec = new X509EncodedKeySpec(decode(block));
      return (RSAPublicKey) rsa().generatePublic(spec);
    } catch (InvalidKeySpecException | IllegalArgumentException e) {
      throw new InvalidSettings(setting + " is not a readable RSA public key.", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] decode(Matcher block) {
    // Settings often arrive in one line, with escaped line breaks.
    return Base64.getMimeDecoder().decode(block.group(2).replace("\\n", "\n"));
  }

  private static KeyFactory rsa() throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA");
  }
}
