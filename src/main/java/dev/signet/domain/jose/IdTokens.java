package dev.signet.domain.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import dev.signet.base.secret.Digest;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.jose.InvalidToken.Reason;
import dev.signet.domain.keys.KeyRing;
import dev.signet.domain.keys.Keys;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Signs ID tokens (OpenID Connect Core 1.0, section 2), and verifies those that clients present as
 * hints. ID tokens are the only JWTs of Signet without a {@code typ} header. Access tokens are
 * required to have one, so the two cannot be confused.
 */
@Shared
public class IdTokens {
  private static final int MAX_LENGTH = 16_384;
  private static final Set<String> HEADER_MEMBERS = Set.of("alg", "kid");

  private final Keys keys;
  private final TokenSigner signer;
  private final TokenSettings settings;

  @Inject
  public IdTokens(Keys keys, TokenSigner signer, TokenSettings settings) {
    this.keys = keys;
    this.signer = signer;
    this.settings = settings;
  }

  /**
   * Returns a signed ID token.
   *
   * @param claims all claims except {@code at_hash}: strings, numbers, booleans, lists and maps of
   *     these
   * @param accessToken the access token issued together with it
   */
  public String sign(Map<String, Object> claims, String accessToken) {
    Map<String, Object> all = new HashMap<>(claims);
    all.put("at_hash", leftHalf(accessToken));
    return signer.signUntyped(all);
  }

  /**
   * Checks only that an ID token was issued by this issuer: an expired ID token is still accepted
   * as a hint (OIDC Core, section 3.1.2.1; RP-Initiated Logout 1.0, section 2). Its key may have
   * left the ring: {@link KeyRing#ofHint}.
   *
   * @throws InvalidToken if it was not
   */
  public IdTokenHint verifyHint(String token) throws InvalidToken {
    if (token.length() > MAX_LENGTH) {
      throw new InvalidToken(Reason.MALFORMED);
    }
    JWSObject jws;
    try {
      jws = JWSObject.parse(HeaderCheck.checked(token));
    } catch (ParseException | IllegalArgumentException e) {
      throw new InvalidToken(Reason.MALFORMED);
    }
    verifySignature(jws);
    Map<String, Object> claims = jws.getPayload().toJSONObject();
    if (claims == null) {
      throw new InvalidToken(Reason.CLAIMS);
    }
    if (!settings.issuer().equals(claims.get("iss"))) {
      throw new InvalidToken(Reason.ISSUER);
    }
    if (claims.get("sub") instanceof String subject
        && claims.get("aud") instanceof String clientId) {
      return new IdTokenHint(
          subject,
          clientId,
          claims.get("sid") instanceof String session ? Optional.of(session) : Optional.empty());
    }
    throw new InvalidToken(Reason.CLAIMS);
  }

  private void verifySignature(JWSObject jws) throws InvalidToken {
    if (!HEADER_MEMBERS.equals(jws.getHeader().toJSONObject().keySet())) {
      throw new InvalidToken(Reason.HEADER);
    }
    KeyRing.Verification key =
        keys.ring()
            .ofHint(jws.getHeader().getKeyID())
            .orElseThrow(() -> new InvalidToken(Reason.UNKNOWN_KEY));
    if (!key.algorithm().equals(jws.getHeader().getAlgorithm())) {
      throw new InvalidToken(Reason.HEADER);
    }
    try {
      if (!jws.verify(key.verifier())) {
        throw new InvalidToken(Reason.SIGNATURE);
      }
    } catch (JOSEException e) {
      throw new InvalidToken(Reason.SIGNATURE);
    }
  }

  /** Returns the algorithms of the key ring, that of the signing key first. */
  public List<String> algorithms() {
    return keys.ring().algorithms();
  }

  /**
   * Returns the value of {@code at_hash} (OIDC Core, section 3.1.3.6); RS256 and ES256 both use
   * SHA-256.
   */
  private static String leftHalf(String accessToken) {
    byte[] digest = Digest.sha256(accessToken);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(digest, digest.length / 2));
  }
}
