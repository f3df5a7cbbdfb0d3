package dev.signet.endpoint.admin;

import dev.signet.domain.keys.Keys;
import dev.signet.domain.user.User;
import dev.signet.web.mechanism.Fresh;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The keys that sign and verify tokens, for administrators. */
@Path("admin/keys")
@Tag(name = "Administration")
@ApplicationScoped
@RolesAllowed(User.ADMIN)
public class KeysResource {
  @Inject private Keys keys;

  /** Lists the keys, oldest first. */
  @GET
  @Operation(summary = "List the keys")
  @Produces(MediaType.APPLICATION_JSON)
  public KeyList list() {
    return new KeyList(keys.list().stream().map(KeyView::of).toList(), null);
  }

  /** Creates the next key. */
  @POST
  @Fresh
  @Path("rotate")
  @Operation(
      summary = "Create the next signing key",
      description =
          "The key is published immediately. It starts to sign after"
              + " signet.keys.wait, when all resource servers can have fetched it.")
  @APIResponse(
      responseCode = "201",
      description = "The new key",
      content = @Content(schema = @Schema(implementation = KeyView.class)))
  @APIResponse(
      responseCode = "409",
      description = "A new key is already waiting, or the keys come from the configuration")
  @Produces(MediaType.APPLICATION_JSON)
  public Response rotate() {
    return Response.status(Response.Status.CREATED).entity(KeyView.of(keys.rotate())).build();
  }
}
