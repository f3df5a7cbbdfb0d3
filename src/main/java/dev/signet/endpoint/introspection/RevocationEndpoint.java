package dev.signet.endpoint.introspection;

import dev.signet.base.settings.value.Limit;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.ClientAuthenticator;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.TokenVerifier;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.domain.session.Sessions;
import dev.signet.domain.token.TokenAdmission;
import dev.signet.web.body.Form;
import dev.signet.web.caller.ShownCredentials;
import dev.signet.web.limit.Limited;
import dev.signet.web.limit.Limiter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The revocation endpoint (RFC 7009). A client can revoke its own tokens: a single access token, or
 * a refresh token with its session. For tokens of other clients, it does nothing and reveals
 * nothing. The form of a token shows its kind, so {@code token_type_hint} is ignored.
 */
@Path("revoke")
@Tag(name = "OAuth")
@ApplicationScoped
public class RevocationEndpoint {
  @Inject private ClientAuthenticator clients;
  @Inject private TokenVerifier verifier;
  @Inject private TokenAdmission admission;
  @Inject private Sessions sessions;
  @Inject private Limiter limiter;
  @Inject private AuditLog audit;

  /** Revokes a token. */
  @POST
  @Limited(Limit.INTROSPECT_SOURCE)
  @Operation(
      summary = "Revoke a token of the client",
      description = "Revoking a refresh token also revokes the access tokens of its session.")
  @APIResponse(
      responseCode = "200",
      description = "The token is no longer valid (RFC 7009, section 2.2)")
  @APIResponse(responseCode = "429", description = "Too many requests")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response revoke(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      Form request,
      @Context HttpServletRequest http) {
    Client client = clients.authenticate(ShownCredentials.in(authorization, request));
    limiter.check(http, Limit.INTROSPECT_CLIENT, client.id());
    String token = request.required("token");
    (isRefreshToken(token) ? refreshToken(client, token) : accessToken(client, token))
        .map(event -> event.client(client.id()))
        .ifPresent(audit::record);
    return Response.ok().build();
  }

  /** Whether it is a refresh token: an access token is a JWT with dots. */
  static boolean isRefreshToken(String token) {
    return token.indexOf('.') < 0;
  }

  private Optional<SecurityEvent> refreshToken(Client client, String token) {
    return sessions
        .endByRefreshToken(token, Optional.of(client.id()))
        .map(owner -> revoked(owner, "refresh token"));
  }

  private Optional<SecurityEvent> accessToken(Client client, String presented) {
    try {
      VerifiedToken token = verifier.verifyForAnyAudience(presented);
      admission.check(token);
      if (!client.id().equals(token.clientId())) {
        return Optional.empty();
      }
      sessions.revokeToken(token.id());
      return Optional.of(revoked(token.subject(), "token " + token.id()));
    } catch (InvalidToken e) {
      return Optional.empty(); // An invalid token need not be revoked.
    }
  }

  private static SecurityEvent revoked(String owner, String what) {
    return SecurityEvent.of(EventType.TOKEN_REVOKED).subject(owner).detail(what);
  }
}
