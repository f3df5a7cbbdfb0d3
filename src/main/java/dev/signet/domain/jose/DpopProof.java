package dev.signet.domain.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.jose.InvalidToken.Reason;
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
 * A DPoP proof, which proves that the sender of a request possesses a private key (RFC 9449,
 * section 4). Its signature is verified with the key in its header; callers decide whether this key
 * is the expected one. {@link #check} verifies that the proof was made for a request.
 */
public final class DpopProof {
  /** The {@code alg} headers that are accepted. */
  public static final List<String> ALGORITHMS = ClientKeys.ALGORITHMS;

  /** How far the time of a proof may differ from the current time, in both directions. */
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
   * Parses a proof and verifies its signature.
   *
   * @throws InvalidToken if it is not a proof, or is not signed with the key in its header, which
   *     must be a public key: RSA of 2048 to 8192 bits or P-256
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
   * Checks that the proof was made for this request, and recently.
   *
   * @param requestMethod the HTTP method
   * @param requestAddress the URL as clients know it; the query is ignored
   * @throws InvalidToken if a check fails
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

  /** Whether it was made for this access token, according to {@code ath}. */
  public boolean isFor(String accessToken) {
    return tokenHash.equals(Optional.of(new OpaqueToken(accessToken).hash()));
  }

  /** Returns the SHA-256 thumbprint of the key (RFC 7638), as in {@code jkt}. */
  public String thumbprint() {
    return thumbprint;
  }

  /** Returns the signature algorithm. */
  public String algorithm() {
    return algorithm;
  }

  /** The {@code nonce} claim. */
  public Optional<String> nonce() {
    return nonce;
  }

  /** Returns a unique name of the proof, which may be used only once. */
  public String identity() {
    return thumbprint + "\n" + id;
  }

  /** Returns the time from which the proof is refused. */
  public Instant expiresAt() {
    return madeAt.plus(WINDOW);
  }

  /** Returns a URL in normalized form (RFC 3986, sections 6.2.2 and 6.2.3), without the query. */
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
