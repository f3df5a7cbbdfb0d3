package dev.signet.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.signet.settings.TokenSettings;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.util.Date;

/** Signs claims with the ring's signing key, as a compact JWS (RFC 7515, section 7.1), RS256. */
@Shared
public class TokenSigner {
  private final JWSHeader header;
  private final JWSSigner signer;

  @Inject
  TokenSigner(KeyRing keys, TokenSettings settings) throws JOSEException {
    header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(new JOSEObjectType(settings.type().header()))
            .keyID(keys.signing().getKeyID())
            .build();
    signer = new RSASSASigner(keys.signing());
  }

  /** Returns the signed access token. */
  public String sign(Claims claims) {
    JWTClaimsSet.Builder set = new JWTClaimsSet.Builder();
    claims.further().forEach(set::claim);
    claims.session().ifPresent(session -> set.claim("sid", session));
    claims.csrf().ifPresent(csrf -> set.claim("csrf", csrf));
    set.issuer(claims.issuer())
        .subject(claims.subject())
        .claim("upn", claims.name())
        .claim("groups", claims.groups())
        .jwtID(claims.id())
        .issueTime(Date.from(claims.issuedAt()))
        .expirationTime(Date.from(claims.expiresAt()))
        .audience(claims.audience())
        .claim("client_id", claims.clientId())
        .claim("scope", claims.scope())
        .claim("auth_time", claims.authenticatedAt().getEpochSecond());
    SignedJWT token = new SignedJWT(header, set.build());
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("The signing key failed", e);
    }
    return token.serialize();
  }
}
