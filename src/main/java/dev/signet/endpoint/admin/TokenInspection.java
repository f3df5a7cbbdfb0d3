package dev.signet.endpoint.admin;

import dev.signet.domain.jose.Inspection;
import dev.signet.domain.jose.InvalidToken.Reason;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The explanation of a token.
 *
 * @param valid whether Signet accepts it now
 * @param reason the reason why it is not accepted, or null
 * @param explanation the reason as a sentence
 * @param header its header, as far as it is readable
 * @param claims its claims, as far as they are readable; trustworthy only if the token is valid
 */
record TokenInspection(
    boolean valid,
    @Schema(nullable = true) String reason,
    String explanation,
    Map<String, Object> header,
    Map<String, Object> claims) {

  static TokenInspection of(Inspection inspection, Optional<Reason> reason) {
    return new TokenInspection(
        reason.isEmpty(),
        reason.map(found -> found.name().toLowerCase(Locale.ROOT)).orElse(null),
        reason.map(TokenInspection::sentence).orElse("The token is valid."),
        inspection.header(),
        inspection.claims());
  }

  private static String sentence(Reason reason) {
    return switch (reason) {
      case MALFORMED ->
          "This is not a compact JWS, which has three parts in base64url without padding.";
      case HEADER -> "The header has an unexpected algorithm, type or member.";
      case UNKNOWN_KEY ->
          "No key has this kid: the token is from another issuer, or its key was retired.";
      case SIGNATURE -> "The signature does not match: the token was modified or forged.";
      case CLAIMS -> "A claim is missing, has the wrong type, or is refused by an extension.";
      case ISSUER -> "The token is from another issuer.";
      case AUDIENCE -> "The token is for another audience.";
      case EXPIRED -> "The token has expired.";
      case NOT_YET_VALID -> "The token was issued in the future, beyond the allowed clock skew.";
      case REVOKED -> "The token was revoked, or its session or all tokens of its user were.";
      case PROOF, NONCE -> "The DPoP proof for the token is missing or invalid.";
    };
  }

  @Override
  public String toString() {
    return "TokenInspection[valid=" + valid + ", reason=" + reason + "]";
  }
}
