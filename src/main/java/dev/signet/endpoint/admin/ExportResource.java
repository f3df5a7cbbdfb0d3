package dev.signet.endpoint.admin;

import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.transfer.Export;
import dev.signet.domain.user.User;
import dev.signet.web.mechanism.Fresh;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** All clients and users as a file, for administrators. */
@Path("admin/export")
@Tag(name = "Administration")
@ApplicationScoped
@RolesAllowed(User.ADMIN)
public class ExportResource {
  @Inject private Export export;
  @Inject private AuditLog audit;

  /** Writes the file. */
  @GET
  @Fresh
  @Operation(
      summary = "Export clients and users",
      description =
          "Returns a file for signet.import. Secrets and passwords are omitted or encrypted.")
  @APIResponse(
      responseCode = "200",
      description = "An object with the lists clients and users",
      content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  @Produces(MediaType.APPLICATION_JSON)
  public Response export(
      @Parameter(description = "true: include the hashes of secrets and passwords, encrypted")
          @QueryParam("secrets")
          @DefaultValue("false")
          boolean secrets,
      @Parameter(
              description =
                  "The passphrase that the hashes are encrypted with, 12 to 256 ASCII characters")
          @HeaderParam("Signet-Passphrase")
          String passphrase) {
    if (secrets) {
      Export.check(passphrase);
    }
    audit.record(
        SecurityEvent.of(EventType.EXPORTED).detail(secrets ? "with secrets" : "without secrets"));
    StreamingOutput file =
        out -> export.write(out, Optional.ofNullable(passphrase).filter(given -> secrets));
    return Response.ok(file)
        .header("Content-Disposition", "attachment; filename=\"signet.json\"")
        .build();
  }
}
