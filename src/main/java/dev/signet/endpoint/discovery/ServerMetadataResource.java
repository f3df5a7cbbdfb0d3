package dev.signet.endpoint.discovery;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.Settings;
import dev.signet.domain.client.Subjects;
import dev.signet.domain.jose.IdTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The server metadata: one document at the URLs of OpenID Connect Discovery 1.0, section 4, and of
 * RFC 8414, section 3.
 */
@Path("/")
@Tag(name = "Discovery")
@ApplicationScoped
public class ServerMetadataResource {
  @Inject private Settings settings;
  @Inject private Subjects subjects;
  @Inject private IdTokens idTokens;

  /** Shows the metadata of this OpenID provider. */
  @GET
  @Path("openid-configuration")
  @Operation(summary = "Show the OpenID provider's metadata")
  @APIResponse(
      responseCode = "200",
      description = "The metadata (OpenID Connect Discovery 1.0, section 4.2)",
      content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  @Produces(MediaType.APPLICATION_JSON)
  public Response openIdConfiguration() {
    return metadata();
  }

  /** Shows the metadata of this authorization server. */
  @GET
  @Path("oauth-authorization-server")
  @Operation(summary = "Show the authorization server's metadata")
  @APIResponse(
      responseCode = "200",
      description = "The metadata (RFC 8414, section 3.2)",
      content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  @Produces(MediaType.APPLICATION_JSON)
  public Response authorizationServer() {
    return metadata();
  }

  /** Shows the metadata of an issuer with a path, which follows the well-known path. */
  @GET
  @Path("oauth-authorization-server/{path:.+}")
  @Operation(summary = "Show the metadata of an authorization server whose issuer has a path")
  @APIResponse(
      responseCode = "200",
      description = "The metadata (RFC 8414, section 3.1)",
      content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  @Produces(MediaType.APPLICATION_JSON)
  public Response issuerWithPath(
      @Parameter(description = "The path of the issuer") @PathParam("path") String path) {
    if (!settings.issuer().getPath().equals("/" + path)) {
      throw new Refusal(Problem.NOT_FOUND, "The issuer does not exist.");
    }
    return metadata();
  }

  private Response metadata() {
    return Response.ok(ServerMetadata.of(settings, subjects, idTokens))
        .header("Cache-Control", "public, max-age=300")
        .build();
  }
}
