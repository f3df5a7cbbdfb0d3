package dev.signet.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of this deployment, immutable: one signs, all verify. */
public final class KeyRing {
  private final RSAKey signing;
  private final Map<String, JWSVerifier> verifiers;
  private final String publicJwks;

  /**
   * Makes a ring.
   *
   * @param keys RSA keys with distinct identifiers; the first one that has a private part signs
   */
  KeyRing(List<RSAKey> keys) {
    signing =
        keys.stream()
            .filter(RSAKey::isPrivate)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no private key"));
    Map<String, JWSVerifier> byId = new LinkedHashMap<>();
    for (RSAKey key : keys) {
      if (byId.put(key.getKeyID(), verifier(key)) != null) {
        throw new IllegalArgumentException("two keys with one identifier");
      }
    }
    verifiers = Map.copyOf(byId);
    publicJwks =
        new JWKSet(keys.stream().map(KeyRing::published).map(JWK.class::cast).toList()).toString();
  }

  RSAKey signing() {
    return signing;
  }

  Map<String, JWSVerifier> verifiers() {
    return verifiers;
  }

  /** The public keys as a JWK set (RFC 7517, section 5). */
  public String publicJwks() {
    return publicJwks;
  }

  private static JWSVerifier verifier(RSAKey key) {
    try {
      return new RSASSAVerifier(key);
    } catch (JOSEException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static RSAKey published(RSAKey key) {
    return new RSAKey.Builder(key.toPublicJWK())
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(JWSAlgorithm.RS256)
        .build();
  }

  @Override
  public String toString() {
    return "KeyRing" + verifiers.keySet();
  }
}
