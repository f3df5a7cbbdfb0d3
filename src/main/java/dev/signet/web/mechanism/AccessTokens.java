package dev.signet.web.mechanism;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.web.body.Form;
import dev.signet.web.body.Uploads;
import dev.signet.web.caller.CallerToken;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Verifies the access tokens of requests to OAuth endpoints (RFC 6750), which respond with OAuth
 * errors. The setting {@code signet.token.verifier} does not apply here.
 */
@Shared
public class AccessTokens {
  private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED;

  private final BearerAuthentication bearer;
  private final Uploads uploads;

  @Inject
  AccessTokens(BearerAuthentication bearer, Uploads uploads) {
    this.bearer = bearer;
    this.uploads = uploads;
  }

  /**
   * Returns the token in the header of a request.
   *
   * @param scope that the token must have
   * @throws OAuthException {@link OAuthError#INSUFFICIENT_SCOPE}
   * @throws NotAuthorizedException if there is no token; caused by {@link InvalidToken} if the
   *     token is invalid
   */
  public VerifiedToken require(HttpServletRequest request, String scope) {
    return require(request, Optional.empty(), scope);
  }

  /**
   * Returns the token in the header or in the form body of a request (RFC 6750, section 2.2).
   *
   * @throws OAuthException also {@link OAuthError#INVALID_REQUEST} if both have a token
   */
  public VerifiedToken require(HttpServletRequest request, InputStream body, String scope) {
    String type = request.getContentType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
      return require(request, scope);
    }
    byte[] form = uploads.read(request.getHeader(HttpHeaders.CONTENT_LENGTH), body);
    return require(
        request, Form.parse(new String(form, StandardCharsets.UTF_8)).text("access_token"), scope);
  }

  private VerifiedToken require(HttpServletRequest request, Optional<String> inBody, String scope) {
    VerifiedToken token = find(request, inBody);
    if (!token.scope().names().contains(scope)) {
      throw new OAuthException(
          OAuthError.INSUFFICIENT_SCOPE, "The access token lacks the scope " + scope + ".");
    }
    return token;
  }

  private VerifiedToken find(HttpServletRequest request, Optional<String> inBody) {
    try {
      Optional<VerifiedToken> inHeader = bearer.authenticate(request).map(CallerToken::verified);
      if (inHeader.isPresent() && inBody.isPresent()) {
        throw new OAuthException(
            OAuthError.INVALID_REQUEST, "The access token must be sent in only one way.");
      }
      if (inHeader.isPresent()) {
        return inHeader.get();
      }
      if (inBody.isPresent()) {
        return bearer.authenticate(inBody.get());
      }
    } catch (InvalidToken e) {
      throw new NotAuthorizedException(e, "Bearer"); // The exception mapper adds the reason.
    }
    // RFC 6750, section 3: no error code without a token.
    throw new NotAuthorizedException("Bearer");
  }
}
