package dev.signet.domain.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.keys.TestKeys;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Proofs of keys (RFC 9449, section 4.2), good ones and others. */
public record TestProofs(JWK key) {
  /** Makes proofs with a new key. */
  public static TestProofs fresh() {
    return new TestProofs(TestKeys.generateEc());
  }

  public String thumbprint() {
    try {
      return key.computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public String proof(String method, String address, Instant now) {
    return proof(method, address, now, claims -> claims);
  }

  /** A proof that goes with an access token. */
  public String proof(String method, String address, Instant now, String accessToken) {
    return proof(
        method, address, now, claims -> claims.claim("ath", new OpaqueToken(accessToken).hash()));
  }

  public String proof(
      String method, String address, Instant now, UnaryOperator<JWTClaimsSet.Builder> change) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .jwtID(UUID.randomUUID().toString())
            .claim("htm", method)
            .claim("htu", address)
            .issueTime(Date.from(now));
    return signed(header(algorithm()).build(), change.apply(claims).build());
  }

  JWSAlgorithm algorithm() {
    return key instanceof ECKey ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256;
  }

  JWSHeader.Builder header(JWSAlgorithm algorithm) {
    return new JWSHeader.Builder(algorithm)
        .type(new JOSEObjectType("dpop+jwt"))
        .jwk(key.toPublicJWK());
  }

  String signed(JWSHeader header, JWTClaimsSet claims) {
    try {
      SignedJWT proof = new SignedJWT(header, claims);
      proof.sign(
          key instanceof ECKey ec
              ? new ECDSASigner(ec)
              : new RSASSASigner(
                  key.toRSAKey().toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance())));
      return proof.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
