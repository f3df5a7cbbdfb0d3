package dev.signet.endpoint.ops;

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

/** Health checks for orchestrators. They only report up or down. */
@Path("health")
@Tag(name = "Operations")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
  private static final Health UP = new Health("UP");
  private static final Health DOWN = new Health("DOWN");

  @Inject private Readiness readiness;

  /** Whether the process responds. If not, restart it. */
  @GET
  @Path("live")
  @Operation(summary = "Check whether the process is alive")
  public Health live() {
    return UP;
  }

  /** Whether requests can be served. If not, send them to other nodes. */
  @GET
  @Path("ready")
  @Operation(summary = "Check whether requests can be served")
  @APIResponse(
      responseCode = "200",
      description = "Yes",
      content = @Content(schema = @Schema(implementation = Health.class)))
  @APIResponse(
      responseCode = "503",
      description = "No",
      content = @Content(schema = @Schema(implementation = Health.class)))
  public Response ready() {
    return readiness.isReady()
        ? Response.ok(UP).build()
        : Response.status(Response.Status.SERVICE_UNAVAILABLE).entity(DOWN).build();
  }

  /** Whether the start is complete: a WAR that did not start has no endpoints. */
  @GET
  @Path("started")
  @Operation(summary = "Check whether the start is complete")
  public Health started() {
    return UP;
  }

  /** {@code UP} or {@code DOWN}. */
  record Health(String status) {}
}
