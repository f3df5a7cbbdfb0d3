package dev.signet.endpoint.login;

import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.session.Sessions;
import dev.signet.web.body.JsonBody;
import dev.signet.web.caller.CallerSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Logs users out. */
@Path("logout")
@Tag(name = "Login")
@ApplicationScoped
public class LogoutResource {
  @Inject private Sessions sessions;
  @Inject private JsonWebToken caller;
  @Inject private JsonBody body;
  @Inject private CookieLogout cookies;
  @Inject private AuditLog audit;

  /** Ends the session of the access token, of the refresh token in the body, or of the cookies. */
  @POST
  @Operation(
      summary = "Log out",
      description =
          "Ends the session of the access token and revokes the token. Without an"
              + " access token, ends the session of the refresh token in the body. With"
              + " neither, ends the session of the cookies and removes them, which needs"
              + " the header X-CSRF-Token. An unknown token is not an error.")
  @APIResponse(responseCode = "204", description = "Logged out")
  @APIResponse(responseCode = "403", description = "The request may come from another site")
  public Response logout(
      @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = LogoutRequest.class)))
          InputStream in,
      @Context HttpServletRequest request) {
    Optional<String> refreshToken =
        body.read(LogoutRequest.class, request, in).map(LogoutRequest::refreshToken);
    boolean authorized = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    if (refreshToken.isEmpty() && !authorized) {
      return cookies.logout(request);
    }
    refreshToken
        .flatMap(token -> sessions.endByRefreshToken(token, Optional.empty()))
        .ifPresent(this::record);
    if (caller.getRawToken() != null) {
      boolean ended =
          CallerSession.of(caller)
              .filter(session -> sessions.end(caller.getSubject(), session))
              .isPresent();
      if (!ended) {
        sessions.revokeToken(caller.getTokenID());
      }
      record(caller.getSubject());
    }
    return Response.noContent().build();
  }

  private void record(String userId) {
    audit.record(SecurityEvent.of(EventType.LOGGED_OUT).subject(userId));
  }
}
