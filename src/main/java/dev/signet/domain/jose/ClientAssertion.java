package dev.signet.domain.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.signet.domain.jose.InvalidToken.Reason;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The signed JWT by which a client authenticates (RFC 7523, section 3). Check {@link #signature}
 * first and {@link #refusedClaim} next; trust no claim before both have passed.
 */
public final class ClientAssertion {
  /** Limits how long a used assertion must be stored. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final int MAX_LENGTH = 8_192;
  private static final int MAX_ID_LENGTH = 256;

  private final SignedJWT jwt;
  private final JWTClaimsSet claims;

  private ClientAssertion(SignedJWT jwt, JWTClaimsSet claims) {
    this.jwt = jwt;
    this.claims = claims;
  }

  /**
   * Parses an assertion.
   *
   * @throws InvalidToken if it is not a signed JWT with a subject
   */
  public static ClientAssertion parse(String text) throws InvalidToken {
    if (text.length() > MAX_LENGTH) {
      throw new InvalidToken(Reason.MALFORMED);
    }
    try {
      SignedJWT jwt = SignedJWT.parse(HeaderCheck.checked(text));
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      if (claims == null || claims.getSubject() == null) {
        throw new InvalidToken(Reason.CLAIMS);
      }
      return new ClientAssertion(jwt, claims);
    } catch (ParseException | IllegalArgumentException e) {
      throw new InvalidToken(Reason.MALFORMED);
    }
  }

  /** Returns the client identifier in the claims. */
  public String clientId() {
    return claims.getSubject();
  }

  /** Returns the {@code kid} header: the identifier of the signing key. */
  public Optional<String> keyId() {
    return Optional.ofNullable(jwt.getHeader().getKeyID());
  }

  /** Returns the {@code jti}, which may be used only once. */
  public String id() {
    return claims.getJWTID();
  }

  /** Returns the signature algorithm. */
  public String algorithm() {
    return jwt.getHeader().getAlgorithm().getName();
  }

  /** Whether {@code aud} is exactly this string. A list with this single entry does not count. */
  public boolean isForOnly(String audience) {
    return audience.equals(jwt.getPayload().toJSONObject().get("aud"));
  }

  /** Returns the expiry, after which the assertion is refused. */
  public Instant expiresAt() {
    return claims.getExpirationTime().toInstant();
  }

  /** The result of checking a signature against the keys of a client. */
  public enum Signature {
    RIGHT,
    WRONG,
    /** None of the keys has the identifier and the algorithm of the header. */
    UNKNOWN_KEY
  }

  /** Checks the signature against the keys of the client. */
  public Signature signature(ClientKeys keys) {
    if (!keys.canCheck(jwt.getHeader())) {
      return Signature.UNKNOWN_KEY;
    }
    try {
      return keys.haveSigned(jwt) ? Signature.RIGHT : Signature.WRONG;
    } catch (JOSEException e) {
      return Signature.WRONG;
    }
  }

  /**
   * Finds the first invalid claim (RFC 7523, section 3).
   *
   * @param audiences the accepted audiences; the assertion must name at least one of them, and no
   *     others
   * @param skew the allowed clock skew
   * @return a sentence that begins with the name of the claim, has only the characters of RFC 6749,
   *     section 5.2, and quotes nothing from the assertion
   */
  public Optional<String> refusedClaim(Set<String> audiences, Instant now, Duration skew) {
    if (!claims.getSubject().equals(claims.getIssuer())) {
      return Optional.of("iss must be the same as sub");
    }
    List<String> audience = claims.getAudience();
    if (audience.isEmpty()
        || !audience.stream().allMatch(name -> name != null && audiences.contains(name))) {
      return Optional.of("aud must name only this server");
    }
    return refusedTime(now, skew)
        .or(() -> hasId() ? Optional.empty() : Optional.of("jti must have 1 to 256 characters"));
  }

  private Optional<String> refusedTime(Instant now, Duration skew) {
    if (claims.getExpirationTime() == null) {
      return Optional.of("exp is missing");
    }
    if (expiresAt().isAfter(now.plus(LONGEST).plus(skew))) {
      return Optional.of("exp is more than " + LONGEST.toMinutes() + " minutes in the future");
    }
    if (!now.minus(skew).isBefore(expiresAt())) {
      return Optional.of("exp is in the past");
    }
    if (isAhead(claims.getNotBeforeTime(), now.plus(skew))) {
      return Optional.of("nbf is in the future");
    }
    return isAhead(claims.getIssueTime(), now.plus(skew))
        ? Optional.of("iat is in the future")
        : Optional.empty();
  }

  private boolean hasId() {
    String id = claims.getJWTID();
    return id != null && !id.isEmpty() && id.length() <= MAX_ID_LENGTH;
  }

  private static boolean isAhead(Date time, Instant latest) {
    return time != null && time.toInstant().isAfter(latest);
  }

  @Override
  public String toString() {
    return "ClientAssertion[]";
  }
}
