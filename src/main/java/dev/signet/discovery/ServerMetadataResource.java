package dev.signet.discovery;

import dev.signet.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What OAuth clients configure themselves by (RFC 8414). */
@Path("oauth-authorization-server")
@Tag(name = "Discovery")
@ApplicationScoped
public class ServerMetadataResource {
  @Inject private Settings settings;

  /** Shows the metadata of this authorization server. */
  @GET
  @Operation(summary = "Show the authorization server's metadata")
  @APIResponse(
      responseCode = "200",
      description = "The metadata (RFC 8414, section 3.2)",
      content = @Content(schema = @Schema(implementation = ServerMetadata.class)))
  @Produces(MediaType.APPLICATION_JSON)
  public Response show() {
    return Response.ok(ServerMetadata.of(settings.issuer()))
        .header("Cache-Control", "public, max-age=300")
        .header("Access-Control-Allow-Origin", "*")
        .build();
  }
}
