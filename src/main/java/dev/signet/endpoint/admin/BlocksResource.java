package dev.signet.endpoint.admin;

import dev.signet.base.paging.PageQuery;
import dev.signet.base.route.Routes;
import dev.signet.base.settings.Settings;
import dev.signet.domain.guard.Block;
import dev.signet.domain.guard.Blocks;
import dev.signet.domain.user.User;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Blocks of sources and networks, for administrators. */
@Path("admin/blocks")
@Tag(name = "Administration")
@ApplicationScoped
@RolesAllowed(User.ADMIN)
public class BlocksResource {
  @Inject private Blocks blocks;
  @Inject private Settings settings;
  @Inject private JsonWebToken caller;

  /** Lists the active blocks, newest first. */
  @GET
  @Operation(summary = "List blocks", description = "Lists active blocks, newest first.")
  @Produces(MediaType.APPLICATION_JSON)
  public BlockList list(
      @Parameter(
              description = "Maximum number of blocks in the response, 1 to 100",
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
    return BlockList.of(blocks.list(PageQuery.of(limit, after)));
  }

  /** Blocks a source, or all sources of a network. */
  @POST
  @Operation(
      summary = "Block a source or a network",
      description =
          "An address, or a network no wider than /16 (IPv4) or /32 (IPv6). Replaces"
              + " an existing block of the same source. Access tokens keep working.")
  @APIResponse(
      responseCode = "201",
      description = "The block",
      headers =
          @Header(
              name = "Location",
              description = "Where it can be lifted",
              schema = @Schema(type = SchemaType.STRING, format = "uri")),
      content = @Content(schema = @Schema(implementation = BlockView.class)))
  @APIResponse(
      responseCode = "409",
      description =
          "The source is exempt from blocking, or is the caller's own, or there are too"
              + " many blocks")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Response block(BlockRequest request) {
    Block block =
        blocks.block(
            request.network(),
            request.length(),
            caller.getSubject(),
            Optional.ofNullable(request.reason()));
    return Response.created(URI.create(settings.issuer() + Routes.BLOCKS.path() + "/" + block.id()))
        .entity(BlockView.of(block))
        .build();
  }

  /** Lifts a block. */
  @DELETE
  @Path("{id}")
  @Operation(
      summary = "Lift a block",
      description = "Takes effect on all nodes within two seconds.")
  @APIResponse(responseCode = "404", description = "The block does not exist or has ended")
  public void lift(@PathParam("id") String id) {
    blocks.lift(id);
  }
}
