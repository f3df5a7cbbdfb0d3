package dev.signet.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.signet.settings.KeySettings.Algorithm;

/** Which algorithm a key is for, and only that one: RS256 for RSA, ES256 for P-256. */
final class Signatures {
  private Signatures() {}

  /** The one algorithm of a key. */
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
    return key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner(key.toECKey());
  }

  static JWSVerifier verifier(JWK key) throws JOSEException {
    return key instanceof RSAKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier(key.toECKey());
  }

  /** Makes a key pair; its identifier is its thumbprint (RFC 7638). Slow for RSA. */
  static JWK generate(Algorithm algorithm, int bits) {
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
