package dev.signet.domain.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.signet.base.settings.KeySettings.Algorithm;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/**
 * The algorithms of keys, and their signers and verifiers. Each key has one algorithm: RS256 for
 * RSA, ES256 for P-256.
 */
public final class Signatures {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Signatures() {}

  /** Returns the only algorithm of a key. */
  static JWSAlgorithm algorithm(JWK key) {
    if (key instanceof RSAKey) {
      return JWSAlgorithm.RS256;
    }
    if (key instanceof ECKey ec && Curve.P_256.equals(ec.getCurve())) {
      return JWSAlgorithm.ES256;
    }
    throw new IllegalArgumentException("neither RSA nor P-256");
  }

  static JWSSigner signer(JWK key) throws JOSEException {
    Optional<Provider> provider = NativeCrypto.provider();
    PrivateKey own = ((AsymmetricJWK) key).toPrivateKey();
    if (provider.isPresent()) {
      KeySpec spec = new PKCS8EncodedKeySpec(own.getEncoded());
      own = as(provider.get(), own, factory -> factory.generatePrivate(spec));
    }
    JWSSigner signer =
        key instanceof RSAKey ? new RSASSASigner(own) : new ECDSASigner(own, Curve.P_256);
    provider.ifPresent(signer.getJCAContext()::setProvider);
    signer
        .getJCAContext()
        .setSecureRandom(RANDOM); // Otherwise it would create one for each signature.
    return signer;
  }

  public static JWSVerifier verifier(JWK key) throws JOSEException {
    Optional<Provider> provider = NativeCrypto.provider();
    PublicKey own = ((AsymmetricJWK) key).toPublicKey();
    if (provider.isPresent()) {
      KeySpec spec = new X509EncodedKeySpec(own.getEncoded());
      own = as(provider.get(), own, factory -> factory.generatePublic(spec));
    }
    JWSVerifier verifier =
        own instanceof RSAPublicKey rsa
            ? new RSASSAVerifier(rsa)
            : new ECDSAVerifier((ECPublicKey) own);
    provider.ifPresent(verifier.getJCAContext()::setProvider);
    return verifier;
  }

  private interface Making<K extends Key> {
    K with(KeyFactory factory) throws GeneralSecurityException;
  }

  /**
   * Translates a key once: a provider would otherwise translate a foreign key at each signature,
   * which is as expensive as the signature.
   */
  private static <K extends Key> K as(Provider provider, K key, Making<K> making)
      throws JOSEException {
    try {
      return making.with(KeyFactory.getInstance(key.getAlgorithm(), provider));
    } catch (GeneralSecurityException e) {
      throw new JOSEException("The key is not usable", e);
    }
  }

  /** Generates a key pair. Its identifier is its thumbprint (RFC 7638). Slow for RSA. */
  public static JWK generate(Algorithm algorithm, int bits) {
    try {
      return switch (algorithm) {
        case RS256 -> new RSAKeyGenerator(bits).keyIDFromThumbprint(true).generate();
        case ES256 -> new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
      };
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
