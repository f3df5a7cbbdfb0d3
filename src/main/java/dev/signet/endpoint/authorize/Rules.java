package dev.signet.endpoint.authorize;

import dev.signet.base.oauth.GrantType;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.domain.client.Client;
import dev.signet.web.body.Form;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for all authorization requests, in the order in which they are checked. */
final class Rules {
  private static final List<Rule> ALL =
      List.of(
          Rules::noRepeats,
          Rules::noRequestObject,
          Rules::codesForThisClient,
          Rules::responseTypeCode,
          Rules::knownResponseMode,
          Rules::proofOfPossession,
          Rules::thumbprintOfAKey);

  /** RFC 7636, section 4.2: a SHA-256 hash in base64url. */
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

  private Rules() {}

  private interface Rule {
    void check(Client client, Form request);
  }

  /**
   * Checks all rules.
   *
   * @throws OAuthException of the first rule that is broken
   */
  static void check(Client client, Form request) {
    ALL.forEach(rule -> rule.check(client, request));
  }

  private static void noRepeats(Client client, Form request) {
    request.withoutRepeats();
  }

  /** OIDC Core, sections 6.1 and 6.2. */
  private static void noRequestObject(Client client, Form request) {
    if (request.text("request").isPresent()) {
      throw new OAuthException(
          OAuthError.REQUEST_NOT_SUPPORTED, "Request objects are not supported.");
    }
    if (request.text("request_uri").isPresent()) {
      throw new OAuthException(
          OAuthError.REQUEST_URI_NOT_SUPPORTED, "Request objects are not supported.");
    }
  }

  private static void codesForThisClient(Client client, Form request) {
    if (!client.grantTypes().contains(GrantType.AUTHORIZATION_CODE)) {
      throw new OAuthException(
          OAuthError.UNAUTHORIZED_CLIENT, "The client is not registered for this grant type.");
    }
  }

  private static void responseTypeCode(Client client, Form request) {
    if (!request.required("response_type").equals("code")) {
      throw new OAuthException(
          OAuthError.UNSUPPORTED_RESPONSE_TYPE, "The only supported response_type is code.");
    }
  }

  private static void knownResponseMode(Client client, Form request) {
    if (request.text("response_mode").filter(m -> ResponseMode.named(m).isEmpty()).isPresent()) {
      throw invalid("The response_mode must be query or form_post.");
    }
  }

  /** RFC 7636, section 4.3; RFC 9700, section 2.1.1. */
  private static void proofOfPossession(Client client, Form request) {
    Optional<String> challenge = request.text("code_challenge");
    if (challenge.isEmpty()) {
      if (client.metadata().requirePkce() || request.text("code_challenge_method").isPresent()) {
        throw invalid("The parameter code_challenge is missing.");
      }
      return;
    }
    // If absent, the method is plain.
    if (!request.text("code_challenge_method").orElse("plain").equals("S256")) {
      throw invalid("The only supported code_challenge_method is S256.");
    }
    if (!CHALLENGE.matcher(challenge.get()).matches()) {
      throw invalid("The parameter code_challenge is not a valid S256 challenge.");
    }
  }

  /** RFC 9449, section 10. */
  private static void thumbprintOfAKey(Client client, Form request) {
    if (request.text("dpop_jkt").filter(key -> !CHALLENGE.matcher(key).matches()).isPresent()) {
      throw invalid("The parameter dpop_jkt is not a SHA-256 JWK thumbprint.");
    }
  }

  static OAuthException invalid(String description) {
    return new OAuthException(OAuthError.INVALID_REQUEST, description);
  }
}
