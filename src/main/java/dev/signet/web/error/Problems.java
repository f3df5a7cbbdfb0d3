package dev.signet.web.error;

import dev.signet.base.oauth.Acr;
import dev.signet.base.problem.FieldError;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.route.Routes;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.jose.DpopProof;
import dev.signet.domain.jose.InvalidToken;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Creates error responses according to RFC 9457, RFC 6750, RFC 9449 and RFC 9470. */
@Shared
public class Problems {
  private static final String CHALLENGE = "WWW-Authenticate";

  /** RFC 6750, section 3: no error code when no token was presented. */
  private static final String BEARER = "Bearer realm=\"Signet\"";

  private static final String UNDESCRIBED = "about:blank";

  private final String types;
  private final boolean takesProofs;
  private final String proof;

  @Inject
  public Problems(Settings settings) {
    List<String> algorithms = settings.profile().permitted(DpopProof.ALGORITHMS);
    proof = "DPoP algs=\"" + String.join(" ", algorithms) + "\"";
    types = settings.issuer() + Routes.DOCUMENTATION.path() + "problems.html#";
    takesProofs = settings.token().verifier() == TokenSettings.Verifier.SIGNET;
  }

  public ProblemAnswer of(Refusal refusal) {
    ProblemAnswer answer = answer(refusal.problem(), refusal.getMessage(), refusal.errors());
    return refusal
        .retryAfterSeconds()
        .map(seconds -> answer.with("Retry-After", seconds.toString()))
        .orElse(answer);
  }

  ProblemAnswer of(Problem problem, String detail) {
    return answer(problem, detail, List.of());
  }

  /** Returns the response to a request without a required token. */
  ProblemAnswer unauthenticated() {
    return of(Problem.INVALID_TOKEN, "This operation requires an access token.");
  }

  /**
   * Returns the response to an invalid token.
   *
   * @param dpop whether the token was sent with the scheme DPoP
   */
  public ProblemAnswer of(InvalidToken refused, boolean dpop) {
    String error = error(refused);
    String detail =
        switch (refused.reason()) {
          case EXPIRED -> "The access token has expired.";
          case PROOF -> "The DPoP proof does not match the access token and this request.";
          case NONCE -> "The DPoP proof must contain the nonce from the header DPoP-Nonce.";
          default -> "The access token is invalid.";
        };
    return of(Problem.INVALID_TOKEN, detail)
        .with(
            CHALLENGE,
            challenge(dpop, ", error=\"" + error + "\", error_description=\"" + detail + "\""));
  }

  /** Returns the error code of RFC 6750, section 3.1, or RFC 9449, sections 7.1 and 9. */
  public static String error(InvalidToken refused) {
    return switch (refused.reason()) {
      case PROOF -> "invalid_dpop_proof";
      case NONCE -> "use_dpop_nonce";
      default -> "invalid_token";
    };
  }

  /**
   * Returns the response to a token whose login is too old for the operation (RFC 9470, section 3).
   *
   * @param dpop whether the token was sent with the scheme DPoP
   */
  public ProblemAnswer stale(Duration maxAge, boolean dpop) {
    String detail = "Log in again: this operation requires a recent login with the password.";
    return of(Problem.STALE_LOGIN, detail)
        .with(
            CHALLENGE,
            challenge(
                dpop,
                ", error=\"insufficient_user_authentication\", error_description=\""
                    + detail
                    + "\", acr_values=\""
                    + Acr.FRESH.text()
                    + "\", max_age=\""
                    + maxAge.toSeconds()
                    + "\""));
  }

  /** RFC 9449, section 7.2: both schemes, unless the client has chosen one. */
  String challenge(boolean dpop, String parameters) {
    if (dpop) {
      return proof + parameters;
    }
    return takesProofs ? BEARER + parameters + ", " + proof : BEARER + parameters;
  }

  /** Returns the response to a token without the required scope (RFC 6750, section 3.1). */
  public ProblemAnswer outOfScope(String scope, boolean dpop) {
    return of(Problem.INSUFFICIENT_SCOPE, "The user has not granted access to this API.")
        .with(
            CHALLENGE, challenge(dpop, ", error=\"insufficient_scope\", scope=\"" + scope + "\""));
  }

  /** Returns the response for a status code. */
  ProblemAnswer of(int status) {
    return switch (status) {
      case 401 -> unauthenticated();
      case 403 -> of(Problem.FORBIDDEN, "Your groups do not allow this operation.");
      case 404 -> of(Problem.NOT_FOUND, "There is no resource at this address.");
      case 413 -> of(Problem.TOO_LARGE, "Send a smaller body.");
      case 415 -> of(Problem.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
      case 500 ->
          of(
              Problem.INTERNAL_ERROR,
              "Something went wrong on our side. The error has been logged.");
      default -> {
        Status known = Status.fromStatusCode(status);
        String title = known == null ? "Error" : known.getReasonPhrase();
        yield new ProblemAnswer(UNDESCRIBED, title, status, title + ".", List.of(), Map.of());
      }
    };
  }

  private ProblemAnswer answer(Problem problem, String detail, List<FieldError> errors) {
    return new ProblemAnswer(
        types + problem.slug(),
        problem.title(),
        problem.status(),
        detail,
        errors,
        problem.status() == 401 ? Map.of(CHALLENGE, challenge(false, "")) : Map.of());
  }
}
