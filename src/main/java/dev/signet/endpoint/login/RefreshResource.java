package dev.signet.endpoint.login;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.value.Limit;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.Reason;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.token.TokenIssuer;
import dev.signet.domain.token.TokenPair;
import dev.signet.web.body.JsonBody;
import dev.signet.web.browser.CsrfDefence;
import dev.signet.web.browser.SessionCookies;
import dev.signet.web.limit.Limited;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Exchanges refresh tokens. */
@Path("refresh")
@Tag(name = "Login")
@ApplicationScoped
public class RefreshResource {
  @EJB private TokenIssuer issuer;
  @Inject private SessionCookies cookies;
  @Inject private CsrfDefence csrf;
  @Inject private JsonBody body;
  @Inject private AuditLog audit;

  /** Exchanges a refresh token for new tokens. Each refresh token can be exchanged once. */
  @POST
  @Limited(Limit.REFRESH_SOURCE)
  @Operation(
      summary = "Get new tokens for a refresh token",
      description =
          "Each refresh token can be exchanged once. If it is used again later, it"
              + " may be stolen, and the session ends. Without a refresh token in the body,"
              + " the one in the cookie is used, which needs the header X-CSRF-Token.")
  @APIResponse(
      responseCode = "200",
      description = "New tokens",
      content = @Content(schema = @Schema(implementation = TokenAnswer.class)))
  @APIResponse(
      responseCode = "401",
      description = "The refresh token is unknown, expired, revoked or already used")
  @APIResponse(
      responseCode = "429",
      description = "Too many requests, or too many attempts from this source have failed")
  @Produces(MediaType.APPLICATION_JSON)
  public Response refresh(
      @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = RefreshRequest.class)))
          InputStream in,
      @Context HttpServletRequest request) {
    RefreshRequest asked =
        body.read(RefreshRequest.class, request, in).orElse(RefreshRequest.BY_COOKIE);
    return asked.refreshToken() == null
        ? byCookie(request)
        : Response.ok(TokenAnswer.of(issuer.refresh(asked.refreshToken(), Optional.empty())))
            .build();
  }

  private Response byCookie(HttpServletRequest request) {
    String presented =
        cookies
            .refresh(request)
            .orElseThrow(
                () ->
                    new Refusal(
                        Problem.INVALID_REFRESH_TOKEN,
                        "The refresh token is missing: send it in the body or in the cookie."));
    TokenPair tokens = issuer.refresh(presented, Optional.of(csrfValue(request)));
    return cookies.set(Response.ok(TokenAnswer.withoutTokens(tokens)), tokens, request).build();
  }

  private String csrfValue(HttpServletRequest request) {
    try {
      csrf.checkOrigin(request);
      return csrf.presented(request);
    } catch (Refusal e) {
      audit.record(SecurityEvent.of(EventType.REFRESH_FAILED, Reason.CSRF));
      throw e;
    }
  }
}
