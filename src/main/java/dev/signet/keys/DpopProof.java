package dev.signet.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.signet.keys.InvalidToken.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What shows that whoever sends a request has a certain private key (RFC 9449, section 4). The
 * signature has been checked, by the key that the proof itself names: what that key may do is for
 * others to say. Which request it is for is checked by {@link #check}.
 */
public final class DpopProof {
  /** The {@code alg} headers that are accepted. */
  public static final List<String> ALGORITHMS = ClientKeys.ALGORITHMS;

  /** How far from now, to both sides, a proof may have been made. */
  public static final Duration WINDOW = Duration.ofSeconds(60);

  private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");
  private static final int MAX_LENGTH = 8_192;
  private static final int MAX_ID_LENGTH = 256;
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");
  private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9._~-]");

  private final String thumbprint;
  private final String id;
  private final String method;
  private final String address;
  private final Instant madeAt;
  private final Optional<String> nonce;
  private final Optional<String> tokenHash;
  private final String algorithm;

  private DpopProof(JWK key, String algorithm, JWTClaimsSet claims)
      throws JOSEException, ParseException, InvalidToken {
    this.algorithm = algorithm;
    thumbprint = key.computeThumbprint().toString();
    id = text(claims, "jti");
    method = text(claims, "htm");
    address = normalised(text(claims, "htu"));
    if (claims.getIssueTime() == null || id.length() > MAX_ID_LENGTH) {
      throw new InvalidToken(Reason.CLAIMS);
    }
    madeAt = claims.getIssueTime().toInstant();
    nonce = Optional.ofNullable(claims.getStringClaim("nonce"));
    tokenHash = Optional.ofNullable(claims.getStringClaim("ath"));
  }

  /**
   * Reads a proof.
   *
   * @throws InvalidToken if it is none, or not signed by the key in its header: a public one, RSA
   *     of 2048 to 8192 bits or P-256
   */
  public static DpopProof parse(String text) throws InvalidToken {
    if (text.length() > MAX_LENGTH) {
      throw new InvalidToken(Reason.MALFORMED);
    }
    try {
      SignedJWT jwt = SignedJWT.parse(HeaderCheck.checked(text));
      JWK key = jwt.getHeader().getJWK();
      if (!TYPE.equals(jwt.getHeader().getType()) || key == null) {
        throw new InvalidToken(Reason.HEADER);
      }
      if (!ClientKeys.of(key).haveSigned(jwt)) {
        throw new InvalidToken(Reason.SIGNATURE);
      }
      return new DpopProof(key, jwt.getHeader().getAlgorithm().getName(), jwt.getJWTClaimsSet());
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      throw new InvalidToken(Reason.MALFORMED);
    }
  }

  private static String text(JWTClaimsSet claims, String name) throws ParseException, InvalidToken {
    String text = claims.getStringClaim(name);
    if (text == null || text.isEmpty()) {
      throw new InvalidToken(Reason.CLAIMS);
    }
    return text;
  }

  /**
   * Checks that it was made for this request, a short while ago.
   *
   * @param requestMethod of HTTP
   * @param requestAddress as clients know it; a query does not matter
   * @throws InvalidToken if it was not
   */
  public void check(String requestMethod, String requestAddress, Instant now) throws InvalidToken {
    if (!method.equals(requestMethod) || !address.equals(normalised(requestAddress))) {
      throw new InvalidToken(Reason.CLAIMS);
    }
    if (!now.isBefore(expiresAt())) {
      throw new InvalidToken(Reason.EXPIRED);
    }
    if (madeAt.isAfter(now.plus(WINDOW))) {
      throw new InvalidToken(Reason.NOT_YET_VALID);
    }
  }

  /** Whether it goes with this access token, by {@code ath}. */
  public boolean isFor(String accessToken) {
    return tokenHash.equals(Optional.of(new OpaqueToken(accessToken).hash()));
  }

  /** The thumbprint of the key (RFC 7638, SHA-256), as {@code jkt} has it. */
  public String thumbprint() {
    return thumbprint;
  }

  /** The algorithm that it is signed with. */
  public String algorithm() {
    return algorithm;
  }

  /** The {@code nonce} claim. */
  public Optional<String> nonce() {
    return nonce;
  }

  /** A name for it that no other proof has: it may be used once. */
  public String identity() {
    return thumbprint + "\n" + id;
  }

  /** From then on, it is refused. */
  public Instant expiresAt() {
    return madeAt.plus(WINDOW);
  }

  /** What equal addresses have in common (RFC 3986, sections 6.2.2 and 6.2.3), without a query. */
  private static String normalised(String text) throws InvalidToken {
    try {
      URI uri = new URI(text).normalize();
      if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
        throw new InvalidToken(Reason.CLAIMS);
      }
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      int usualPort = scheme.equals("https") ? 443 : 80;
      int port = uri.getPort() == -1 ? usualPort : uri.getPort();
      String path = ESCAPE.matcher(uri.getRawPath()).replaceAll(m -> unescaped(m.group()));
      return scheme
          + "://"
          + uri.getHost().toLowerCase(Locale.ROOT)
          + ":"
          + port
          + (path.isEmpty() ? "/" : path);
    } catch (URISyntaxException e) {
      throw new InvalidToken(Reason.CLAIMS);
    }
  }

  private static String unescaped(String escape) {
    String character = String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
    return UNRESERVED.matcher(character).matches() ? character : escape.toUpperCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "DpopProof[" + thumbprint + "]";
  }
}
