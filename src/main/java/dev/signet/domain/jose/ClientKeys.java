package dev.signet.domain.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import dev.signet.domain.keys.Signatures;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The public keys of a client (the members {@code jwks} and {@code jwks_uri} of RFC 7591). */
public final class ClientKeys {
  /** The algorithms that a client may sign with, even if its keys support others. */
  public static final List<String> ALGORITHMS = List.of("ES256", "PS256", "RS256");

  /** The members of private and symmetric keys of all types in the registry of RFC 7517. */
  private static final Set<String> SECRETS =
      Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv");

  private static final int MOST = 10;
  private static final int LEAST_BITS = 2048;
  private static final int MOST_BITS = 8192;

  /**
   * A larger exponent could make a verification as slow as a signature, and not all providers
   * support it.
   */
  private static final int MOST_EXPONENT_BITS = 32;

  private final List<Candidate> candidates;

  private record Candidate(String id, Set<JWSAlgorithm> algorithms, JWSVerifier verifier) {
    boolean isFor(JWSHeader header) {
      boolean named = header.getKeyID() == null || id == null || id.equals(header.getKeyID());
      return named && algorithms.contains(header.getAlgorithm());
    }
  }

  private ClientKeys(List<Candidate> candidates) {
    this.candidates = candidates;
  }

  /**
   * Reads a JWK set. Keys that are weak, not for signatures, or neither RSA nor P-256 may have
   * other purposes, and are ignored (RFC 7517, section 5).
   *
   * @throws IllegalArgumentException if it is not a JWK set, has too few or too many usable keys,
   *     or has a key that is not public
   */
  public static ClientKeys parse(String json) {
    if (!HeaderCheck.isObject(json.stripLeading())) {
      throw new IllegalArgumentException("not a JWK set"); // The parser fails on null.
    }
    List<Candidate> candidates = new ArrayList<>();
    for (Map<String, Object> key : keys(json)) {
      if (!Collections.disjoint(key.keySet(), SECRETS)) {
        throw new IllegalArgumentException("not a JWK set of public keys");
      }
      usable(key).ifPresent(candidates::add);
    }
    if (candidates.isEmpty() || candidates.size() > MOST) {
      throw new IllegalArgumentException("a client has 1 to " + MOST + " keys");
    }
    return new ClientKeys(candidates);
  }

  private static List<Map<String, Object>> keys(String json) {
    try {
      Map<String, Object>[] keys =
          JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(json), "keys");
      if (keys != null && Stream.of(keys).noneMatch(Objects::isNull)) {
        return List.of(keys);
      }
    } catch (ParseException e) {
      // Refused below.
    }
    throw new IllegalArgumentException("not a JWK set");
  }

  private static Optional<Candidate> usable(Map<String, Object> members) {
    try {
      JWK key = JWK.parse(members);
      Set<KeyOperation> operations = key.getKeyOperations();
      return operations == null || operations.contains(KeyOperation.VERIFY)
          ? Optional.of(candidate(key))
          : Optional.empty();
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the keys of a client with a single key.
   *
   * @throws IllegalArgumentException if it is private, weak, not for signatures, or neither RSA nor
   *     P-256
   */
  static ClientKeys of(JWK key) throws JOSEException {
    return new ClientKeys(List.of(candidate(key)));
  }

  private static Candidate candidate(JWK key) throws JOSEException {
    boolean signs = key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse());
    if (key.isPrivate() || !signs) {
      throw new IllegalArgumentException("not a public key for signatures");
    }
    if (key instanceof RSAKey rsa && isSound(rsa.toRSAPublicKey())) {
      return new Candidate(
          key.getKeyID(),
          algorithms(key, JWSAlgorithm.RS256, JWSAlgorithm.PS256),
          Signatures.verifier(rsa));
    }
    if (key instanceof ECKey ec && Curve.P_256.equals(ec.getCurve())) {
      return new Candidate(
          key.getKeyID(), algorithms(key, JWSAlgorithm.ES256), Signatures.verifier(ec));
    }
    throw new IllegalArgumentException("neither sound RSA of 2048 to 8192 bits nor P-256");
  }

  /**
   * Whether the key has a permitted length and exponent (RFC 8017, section 3.1: odd, and at least
   * 3). FIPS 186-5 requires more than 2^16, as a protection against implementations that do not
   * verify all of the padding; the providers here do.
   */
  private static boolean isSound(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    BigInteger exponent = key.getPublicExponent();
    return bits >= LEAST_BITS
        && bits <= MOST_BITS
        && exponent.testBit(0)
        && exponent.compareTo(BigInteger.ONE) > 0
        && exponent.bitLength() <= MOST_EXPONENT_BITS;
  }

  /**
   * Returns the algorithms of a key. A key that names its algorithm must not be used with another
   * one.
   */
  private static Set<JWSAlgorithm> algorithms(JWK key, JWSAlgorithm... possible) {
    Set<JWSAlgorithm> all = Set.of(possible);
    if (key.getAlgorithm() == null) {
      return all;
    }
    JWSAlgorithm only = JWSAlgorithm.parse(key.getAlgorithm().getName());
    if (!all.contains(only)) {
      throw new IllegalArgumentException("a key for another algorithm");
    }
    return Set.of(only);
  }

  /** Whether there is a key with this identifier. */
  public boolean have(String id) {
    return candidates.stream().anyMatch(key -> key.id() == null || key.id().equals(id));
  }

  /**
   * Whether a key has the identifier and the algorithm of a header, and so can verify the
   * signature.
   */
  boolean canCheck(JWSHeader header) {
    return candidates.stream().anyMatch(key -> key.isFor(header));
  }

  /** Whether one of the keys verifies the signature. */
  boolean haveSigned(SignedJWT jwt) throws JOSEException {
    for (Candidate key : candidates) {
      if (key.isFor(jwt.getHeader()) && jwt.verify(key.verifier())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "ClientKeys[" + candidates.size() + "]";
  }
}
