package dev.signet.endpoint.account;

import dev.signet.base.paging.Page;
import dev.signet.base.paging.PageQuery;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.session.Session;
import dev.signet.domain.session.Sessions;
import dev.signet.domain.user.User;
import dev.signet.web.caller.CallerSession;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller's sessions. */
@Path("me/sessions")
@Tag(name = "Sessions")
@ApplicationScoped
@RolesAllowed(User.USER)
public class SessionsResource {
  @Inject private Sessions sessions;
  @Inject private JsonWebToken caller;
  @Inject private AuditLog audit;

  /** Lists the sessions, newest first. */
  @GET
  @Operation(
      summary = "List one's own sessions",
      description = "One session for each login, newest first.")
  @Produces(MediaType.APPLICATION_JSON)
  public SessionList list(
      @Parameter(
              description = "Maximum number of sessions in the response, 1 to 100",
              schema =
                  @Schema(
                      type = SchemaType.INTEGER,
                      minimum = "1",
                      maximum = "100",
                      defaultValue = "20"))
          @QueryParam("limit")
          @DefaultValue("20")
          String limit,
      @Parameter(description = "The value of next from the previous page") @QueryParam("after")
          String after) {
    Page<Session> page = sessions.list(caller.getSubject(), PageQuery.of(limit, after));
    Optional<String> current = CallerSession.of(caller);
    return new SessionList(
        page.items().stream()
            .map(
                session ->
                    SessionView.of(session, current.filter(session.id()::equals).isPresent()))
            .toList(),
        page.next().orElse(null));
  }

  /** Ends a session. */
  @DELETE
  @Path("{id}")
  @Operation(
      summary = "End a session",
      description = "The tokens of the session are revoked immediately.")
  @APIResponse(responseCode = "404", description = "The session does not exist")
  public void end(@PathParam("id") String id) {
    if (!sessions.end(caller.getSubject(), id)) {
      throw new Refusal(Problem.NOT_FOUND, "The session does not exist.");
    }
    record("session " + id);
  }

  /** Ends all other sessions. */
  @DELETE
  @Operation(summary = "End all sessions except the current one")
  public void endOthers() {
    sessions.endOthers(caller.getSubject(), CallerSession.of(caller));
    record("all others");
  }

  private void record(String which) {
    audit.record(
        SecurityEvent.of(EventType.SESSION_ENDED).subject(caller.getSubject()).detail(which));
  }
}
