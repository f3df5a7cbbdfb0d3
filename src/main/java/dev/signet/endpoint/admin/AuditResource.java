package dev.signet.endpoint.admin;

import dev.signet.base.paging.Page;
import dev.signet.domain.audit.AuditQuery;
import dev.signet.domain.audit.AuditRecord;
import dev.signet.domain.audit.AuditTrail;
import dev.signet.domain.user.User;
import dev.signet.web.body.JsonLines;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audit log, for administrators. */
@Path("admin/audit")
@Tag(name = "Administration")
@ApplicationScoped
@RolesAllowed(User.ADMIN)
public class AuditResource {
  private static final MediaType LINES = MediaType.valueOf(JsonLines.MEDIA_TYPE);

  /** The number of records that an export holds in memory. */
  private static final int PART = 500;

  @Inject private AuditTrail trail;

  /** Lists a page of records, or exports all of them as JSON lines if the client requests that. */
  @GET
  @Operation(
      summary = "List security events",
      description =
          "Newest first. An event must match all given filters. With Accept:"
              + " application/x-ndjson, the response holds all matching events, one JSON"
              + " value per line; limit is ignored.")
  @APIResponse(
      responseCode = "200",
      description = "A page of security events",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = AuditList.class)),
        @Content(
            mediaType = JsonLines.MEDIA_TYPE,
            schema = @Schema(implementation = AuditView.class))
      })
  @Produces({MediaType.APPLICATION_JSON, JsonLines.MEDIA_TYPE})
  public Response list(
      @Parameter(description = "Only events of this type, such as login_failed") @QueryParam("type")
          String type,
      @Parameter(description = "Only events of this subject") @QueryParam("subject") String subject,
      @Parameter(description = "From this source only") @QueryParam("source") String source,
      @Parameter(
              description = "Only events at or after this time",
              schema = @Schema(type = SchemaType.STRING, format = "date-time"))
          @QueryParam("from")
          String from,
      @Parameter(
              description = "Only events before this time",
              schema = @Schema(type = SchemaType.STRING, format = "date-time"))
          @QueryParam("to")
          String to,
      @Parameter(
              description = "Maximum number of events in the response, 1 to 100",
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
          String after,
      @Context HttpHeaders headers) {
    AuditQuery query = AuditQuery.of(type, subject, source, from, to, limit, after);
    MediaType wanted = headers.getAcceptableMediaTypes().get(0);
    if (LINES.isCompatible(wanted) && !MediaType.APPLICATION_JSON_TYPE.isCompatible(wanted)) {
      StreamingOutput lines = out -> export(query.inPartsOf(PART), out);
      return Response.ok(lines, LINES).build();
    }
    Page<AuditRecord> page = trail.list(query);
    return Response.ok(
            new AuditList(
                page.items().stream().map(AuditView::of).toList(), page.next().orElse(null)),
            MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  private void export(AuditQuery query, OutputStream out) throws IOException {
    Optional<AuditQuery> part = Optional.of(query);
    while (part.isPresent()) {
      Page<AuditRecord> page = trail.list(part.get());
      for (AuditRecord record : page.items()) {
        JsonLines.write(AuditView.of(record), out);
      }
      part = page.next().map(query::after);
    }
  }
}
