package dev.signet.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.signet.keys.InvalidToken.Reason;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client has signed to show who it is (RFC 7523, section 3). Nothing in it is true until
 * {@link #verify} has returned.
 */
public final class ClientAssertion {
  /** Further ahead, it would have to be remembered for long. */
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
   * Takes an assertion apart.
   *
   * @throws InvalidToken if it is no signed JWT with a subject and an identifier
   */
  public static ClientAssertion parse(String text) throws InvalidToken {
    if (text.length() > MAX_LENGTH) {
      throw new InvalidToken(Reason.MALFORMED);
    }
    try {
      SignedJWT jwt = SignedJWT.parse(HeaderCheck.checked(text));
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      if (claims == null
          || claims.getSubject() == null
          || claims.getJWTID() == null
          || claims.getJWTID().length() > MAX_ID_LENGTH) {
        throw new InvalidToken(Reason.CLAIMS);
      }
      return new ClientAssertion(jwt, claims);
    } catch (ParseException | IllegalArgumentException e) {
      throw new InvalidToken(Reason.MALFORMED);
    }
  }

  /** Who it claims to be by. */
  public String clientId() {
    return claims.getSubject();
  }

  /** Which of the client's keys it says that it is signed with. */
  public Optional<String> keyId() {
    return Optional.ofNullable(jwt.getHeader().getKeyID());
  }

  /** The {@code jti}: it may be used once. */
  public String id() {
    return claims.getJWTID();
  }

  /** After this, it is refused. */
  public Instant expiresAt() {
    return claims.getExpirationTime().toInstant();
  }

  /**
   * Checks that it is by one of the client's keys, for this server, and good now.
   *
   * @param audiences what this server is called; it must be for one or more of them, and for nobody
   *     else
   * @param skew how far clocks may be apart
   * @throws InvalidToken if it is not
   */
  public void verify(ClientKeys keys, Set<String> audiences, Instant now, Duration skew)
      throws InvalidToken {
    verifySignature(keys);
    if (!claims.getSubject().equals(claims.getIssuer())) {
      throw new InvalidToken(Reason.ISSUER);
    }
    List<String> audience = claims.getAudience();
    if (audience.isEmpty()
        || !audience.stream().allMatch(name -> name != null && audiences.contains(name))) {
      throw new InvalidToken(Reason.AUDIENCE);
    }
    if (claims.getExpirationTime() == null || expiresAt().isAfter(now.plus(LONGEST).plus(skew))) {
      throw new InvalidToken(Reason.CLAIMS);
    }
    if (!now.minus(skew).isBefore(expiresAt())) {
      throw new InvalidToken(Reason.EXPIRED);
    }
    if (isAhead(claims.getNotBeforeTime(), now.plus(skew))
        || isAhead(claims.getIssueTime(), now.plus(skew))) {
      throw new InvalidToken(Reason.NOT_YET_VALID);
    }
  }

  private void verifySignature(ClientKeys keys) throws InvalidToken {
    try {
      if (!keys.haveSigned(jwt)) {
        throw new InvalidToken(Reason.SIGNATURE);
      }
    } catch (JOSEException e) {
      throw new InvalidToken(Reason.SIGNATURE);
    }
  }

  private static boolean isAhead(Date time, Instant latest) {
    return time != null && time.toInstant().isAfter(latest);
  }

  @Override
  public String toString() {
    return "ClientAssertion[]";
  }
}
