package dev.signet.domain.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.signet.base.settings.KeySettings.Algorithm;
import dev.signet.domain.keys.Signatures;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** Assertions that clients sign. */
public final class TestAssertions {
  public static final String AUDIENCE = "https://id.example.org";

  private TestAssertions() {}

  /** What a good client says: it is good for a minute. */
  public static JWTClaimsSet.Builder claims(String clientId, String audience, Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer(clientId)
        .subject(clientId)
        .audience(audience)
        .jwtID(UUID.randomUUID().toString())
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(60)));
  }

  public static String signed(JWK key, JWSAlgorithm algorithm, JWTClaimsSet claims) {
    try {
      JWSSigner signer =
          key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(key.toRSAKey());
      SignedJWT jwt =
          new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A set of one public key with this name. */
  public static String jwks(String keyId) {
    ECKey key = Signatures.generate(Algorithm.ES256, 0).toECKey();
    return "{\"keys\":["
        + new ECKey.Builder(key.toPublicJWK()).keyID(keyId).build().toJSONString()
        + "]}";
  }

  /** One whose signature does not matter. */
  public static ClientAssertion unsigned(String clientId, Instant now) throws InvalidToken {
    JWK key = Signatures.generate(Algorithm.ES256, 0);
    return ClientAssertion.parse(
        signed(key, JWSAlgorithm.ES256, claims(clientId, AUDIENCE, now).build()));
  }
}
