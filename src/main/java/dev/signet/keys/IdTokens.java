package dev.signet.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import dev.signet.base.secret.Digest;
import dev.signet.keys.InvalidToken.Reason;
import dev.signet.settings.TokenSettings;
import dev.signet.wiring.Shared;
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
 * Signs ID tokens (OpenID Connect Core 1.0, section 2), and reads them when a client gives one back
 * as a hint. They are the only documents of Signet without a {@code typ}: whoever checks access
 * tokens asks for one, so none of them passes for the other.
 */
@Shared
public class IdTokens {
  private static final int MAX_LENGTH = 16_384;
  private static final Set<String> HEADER_MEMBERS = Set.of("alg", "kid");

  private final Keys keys;
  private final TokenSigner signer;
  private final TokenSettings settings;

  @Inject
  IdTokens(Keys keys, TokenSigner signer, TokenSettings settings) {
    this.keys = keys;
    this.signer = signer;
    this.settings = settings;
  }

  /**
   * Returns a signed ID token.
   *
   * @param claims all but {@code at_hash}: texts, numbers, truth values, lists and maps of these
   * @param accessToken that is given together with it
   */
  public String sign(Map<String, Object> claims, String accessToken) {
    Map<String, Object> all = new HashMap<>(claims);
    all.put("at_hash", leftHalf(accessToken));
    return signer.signUntyped(all);
  }

  /**
   * Checks that an ID token is by this issuer, and no more: as a hint, also an expired one says
   * whom it was about (OIDC Core, section 3.1.2.1; RP-Initiated Logout 1.0, section 2). Its key may
   * have left the ring: {@link KeyRing#ofHint}.
   *
   * @throws InvalidToken if it is not
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

  /** The algorithms that ID tokens may be signed with: those of the ring, the one in use first. */
  public List<String> algorithms() {
    return keys.ring().algorithms();
  }

  /** OIDC Core, section 3.1.3.6; RS256 and ES256 both go with SHA-256. */
  private static String leftHalf(String accessToken) {
    byte[] digest = Digest.sha256(accessToken);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(digest, digest.length / 2));
  }
}
