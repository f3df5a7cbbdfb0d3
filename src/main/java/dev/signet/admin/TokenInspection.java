package dev.signet.admin;

import dev.signet.keys.Inspection;
import dev.signet.keys.InvalidToken.Reason;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A token, taken apart and explained.
 *
 * @param valid whether Signet accepts it now
 * @param reason in one word why not, or null
 * @param explanation in a sentence
 * @param header what its header says, as far as it can be read
 * @param claims what it claims, as far as it can be read; true only if the token is valid
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
      case MALFORMED -> "This is no compact JWS: three parts in base64url without padding.";
      case HEADER -> "The header has another algorithm or type than Signet's, or more members.";
      case UNKNOWN_KEY ->
          "No key has the identifier in kid: another issuer's, or one long retired.";
      case SIGNATURE -> "The signature does not match: the token was changed or forged.";
      case CLAIMS -> "A claim is missing, has the wrong type, or is refused by an extension.";
      case ISSUER -> "The token is from another issuer.";
      case AUDIENCE -> "The token is for another audience.";
      case EXPIRED -> "The token has expired.";
      case NOT_YET_VALID -> "The token is from the future, more than clocks may be apart.";
      case REVOKED -> "The token was revoked: by itself, with its session, or with its user.";
      case PROOF, NONCE -> "The proof that goes with the token is missing, or not good.";
    };
  }

  @Override
  public String toString() {
    return "TokenInspection[valid=" + valid + ", reason=" + reason + "]";
  }
}
