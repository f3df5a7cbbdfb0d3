package dev.signet.domain.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.signet.base.secret.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An immutable set of keys: one key signs, all keys verify. {@link Keys} has the current ring. */
public final class KeyRing {
  private final Signing signing;
  private final Map<String, Verification> verifications;
  private final Map<String, Verification> former;
  private final String publicJwks;
  private final byte[] nonceSecret;
  private final List<byte[]> formSecrets;

  /** The signing key. */
  public record Signing(String id, JWSAlgorithm algorithm, JWSSigner signer) {}

  /**
   * A verification key, and the only algorithm that it may be used with (RFC 8725, section 3.1).
   */
  public record Verification(JWSAlgorithm algorithm, JWSVerifier verifier) {}

  /** Creates a ring without former keys, like {@link #KeyRing(List, List)}. */
  KeyRing(List<? extends JWK> keys) throws JOSEException {
    this(keys, List.of());
  }

  /**
   * Creates a ring.
   *
   * @param keys RSA and P-256 keys with distinct identifiers; the first one with a private part
   *     signs
   * @param former keys whose access tokens have expired: they only verify ID token hints, and are
   *     not published
   * @throws JOSEException if the private part does not match the public part
   * @throws IllegalArgumentException if there is no private key, or two keys have the same
   *     identifier
   */
  KeyRing(List<? extends JWK> keys, List<? extends JWK> former) throws JOSEException {
    JWK first =
        keys.stream()
            .filter(JWK::isPrivate)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no private key"));
    signing = new Signing(first.getKeyID(), Signatures.algorithm(first), Signatures.signer(first));
    Map<String, Verification> byId = new LinkedHashMap<>();
    List<JWK> published = new ArrayList<>();
    List<byte[]> secrets = new ArrayList<>();
    for (JWK key : keys) {
      if (byId.put(key.getKeyID(), verification(key)) != null) {
        throw new IllegalArgumentException("two keys with the same identifier");
      }
      published.add(published(key));
      if (key.isPrivate()) {
        secrets.add(secret(key, "signet forms"));
      }
    }
    verifications = Collections.unmodifiableMap(byId);
    Map<String, Verification> formerById = new HashMap<>();
    for (JWK key : former) {
      formerById.put(key.getKeyID(), verification(key));
    }
    this.former = Collections.unmodifiableMap(formerById);
    publicJwks = new JWKSet(published).toString();
    nonceSecret = secret(first, "signet DPoP nonces");
    formSecrets = List.copyOf(secrets);
    refuseUnlessPair();
  }

  private static Verification verification(JWK key) throws JOSEException {
    return new Verification(Signatures.algorithm(key), Signatures.verifier(key));
  }

  public Signing signing() {
    return signing;
  }

  /** Returns the keys by identifier, in order. */
  public Map<String, Verification> verifications() {
    return verifications;
  }

  /** Returns the key of an ID token hint, which may have left the ring. */
  public Optional<Verification> ofHint(String id) {
    return Optional.ofNullable(verifications.get(id)).or(() -> Optional.ofNullable(former.get(id)));
  }

  /** Returns the names of the verification algorithms, that of the signing key first. */
  public List<String> algorithms() {
    return Stream.concat(
            Stream.of(signing.algorithm()),
            verifications.values().stream().map(Verification::algorithm))
        .map(JWSAlgorithm::getName)
        .distinct()
        .toList();
  }

  /** Returns the public keys as a JWK set (RFC 7517, section 5). */
  public String publicJwks() {
    return publicJwks;
  }

  /**
   * Returns a secret for {@code DpopNonces}, which reveals nothing about the key that it is derived
   * from.
   */
  public byte[] nonceSecret() {
    return nonceSecret.clone();
  }

  /**
   * Returns secrets for {@link FormTokens}, derived from all keys with a private part, that of the
   * signing key first.
   */
  List<byte[]> formSecrets() {
    return formSecrets.stream().map(byte[]::clone).toList();
  }

  private static byte[] secret(JWK key, String purpose) throws JOSEException {
    byte[] secret =
        (key instanceof RSAKey rsa ? rsa.getPrivateExponent() : key.toECKey().getD()).decode();
    return new Hmac(secret).of(purpose.getBytes(StandardCharsets.US_ASCII));
  }

  /** Checks that the private key matches the public key, which a JWK states separately. */
  private void refuseUnlessPair() throws JOSEException {
    JWSHeader header = new JWSHeader(signing.algorithm());
    byte[] sample = {1, 2, 3};
    JWSVerifier verifier = verifications.get(signing.id()).verifier();
    if (!verifier.verify(header, sample, signing.signer().sign(header, sample))) {
      throw new JOSEException("the private key does not match the public key");
    }
  }

  private static JWK published(JWK key) {
    JWSAlgorithm algorithm = Signatures.algorithm(key);
    return key instanceof RSAKey rsa
        ? new RSAKey.Builder(rsa.toPublicJWK())
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(algorithm)
            .build()
        : new ECKey.Builder(key.toECKey().toPublicJWK())
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(algorithm)
            .build();
  }

  @Override
  public String toString() {
    return "KeyRing[signing="
        + signing.id()
        + " "
        + signing.algorithm()
        + ", verifying="
        + verifications.keySet()
        + "]";
  }
}
