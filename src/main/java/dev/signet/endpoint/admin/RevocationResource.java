package dev.signet.endpoint.admin;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.TokenVerifier;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.domain.session.Sessions;
import dev.signet.domain.user.User;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Revokes tokens, for administrators. */
@Path("admin")
@Tag(name = "Revocations")
@ApplicationScoped
@RolesAllowed(User.ADMIN)
public class RevocationResource {
  @Inject private Sessions sessions;
  @Inject private TokenVerifier verifier;
  @Inject private AuditLog audit;

  /** Ends all sessions and revokes all tokens of a user. */
  @POST
  @Path("users/{id}/revoke")
  @Operation(
      summary = "Revoke all tokens of a user",
      description = "Ends all sessions of the user. The user can log in again immediately.")
  @APIResponse(responseCode = "404", description = "The user does not exist")
  public void revokeUser(@PathParam("id") String id) {
    sessions.revokeUser(id);
    audit.record(SecurityEvent.of(EventType.USER_REVOKED).subject(id));
  }

  /** Revokes a single token, or ends a session. */
  @POST
  @Path("tokens/revoke")
  @Operation(
      summary = "Revoke an access token or a session",
      description = "Give exactly one of jti, sid and token (the access token itself).")
  @APIResponse(responseCode = "404", description = "The session does not exist")
  @Consumes(MediaType.APPLICATION_JSON)
  public void revokeToken(TokenRevocation request) {
    if (Stream.of(request.jti(), request.sid(), request.token()).filter(Objects::nonNull).count()
        != 1) {
      throw Refusal.of(Problem.INVALID_INPUT, "token", "send exactly one of jti, sid and token");
    }
    if (request.sid() != null) {
      String owner = sessions.endById(request.sid());
      audit.record(
          SecurityEvent.of(EventType.SESSION_REVOKED)
              .subject(owner)
              .detail("session " + request.sid()));
    } else if (request.jti() != null) {
      revoke(request.jti(), SecurityEvent.of(EventType.TOKEN_REVOKED));
    } else {
      VerifiedToken token = verified(request.token());
      revoke(token.id(), SecurityEvent.of(EventType.TOKEN_REVOKED).subject(token.subject()));
    }
  }

  private void revoke(String id, SecurityEvent event) {
    sessions.revokeToken(id);
    audit.record(event.detail("token " + id));
  }

  private VerifiedToken verified(String token) {
    try {
      return verifier.verify(token);
    } catch (InvalidToken e) {
      throw Refusal.of(Problem.INVALID_INPUT, "token", "is not a valid access token");
    }
  }
}
