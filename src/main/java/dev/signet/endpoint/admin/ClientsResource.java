package dev.signet.endpoint.admin;

import dev.signet.base.paging.Page;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.route.Routes;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.Settings;
import dev.signet.domain.client.ClientMetadata;
import dev.signet.domain.client.Clients;
import dev.signet.domain.client.RegisteredClient;
import dev.signet.domain.user.User;
import dev.signet.web.body.JsonBody;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The registered OAuth clients, for administrators. */
@Path("admin/clients")
@Tag(name = "Administration")
@ApplicationScoped
@RolesAllowed(User.ADMIN)
public class ClientsResource {
  @Inject private Clients clients;
  @Inject private Settings settings;
  @Inject private JsonBody body;

  /** Lists the clients, page by page. */
  @GET
  @Operation(summary = "List clients")
  @Produces(MediaType.APPLICATION_JSON)
  public ClientList list(
      @Parameter(
              description = "Maximum number of clients in the response, 1 to 100",
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
    return ClientList.of(clients.list(Page.limit(limit), Page.after(after)));
  }

  /** Registers a client. */
  @POST
  @Operation(
      summary = "Register a client",
      description = "The response contains the secret, which is never shown again.")
  @APIResponse(
      responseCode = "201",
      description = "The client and its secret, if it has one",
      content = @Content(schema = @Schema(implementation = ClientView.class)))
  @APIResponse(responseCode = "409", description = "The client_id is taken")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Response register(ClientMetadata metadata) {
    OpaqueToken secret = OpaqueToken.random();
    RegisteredClient client = clients.add(metadata, secret);
    return Response.created(
            URI.create(settings.issuer() + Routes.CLIENTS.path() + "/" + client.clientId()))
        .entity(
            ClientView.of(client, Optional.of(secret).filter(any -> client.metadata().hasSecret())))
        .build();
  }

  /** Shows a client. */
  @GET
  @Path("{client_id}")
  @Operation(summary = "Show a client")
  @APIResponse(responseCode = "200", description = "The client, without its secret")
  @APIResponse(responseCode = "404", description = "The client does not exist")
  @Produces(MediaType.APPLICATION_JSON)
  public ClientView show(@PathParam("client_id") String id) {
    return clients
        .find(id)
        .map(client -> ClientView.of(client, Optional.empty()))
        .orElseThrow(() -> new Refusal(Problem.NOT_FOUND, "The client does not exist."));
  }

  /** Replaces the metadata of a client. */
  @PUT
  @Path("{client_id}")
  @Operation(
      summary = "Replace the registration of a client",
      description = "Absent members get their default value. The secret stays unchanged.")
  @APIResponse(responseCode = "200", description = "The changed client")
  @APIResponse(responseCode = "404", description = "The client does not exist")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public ClientView replace(@PathParam("client_id") String id, ClientMetadata metadata) {
    if (metadata.clientId() != null && !metadata.clientId().equals(id)) {
      throw Refusal.of(Problem.INVALID_INPUT, "client_id", "must match the client_id in the path");
    }
    return ClientView.of(clients.update(id, metadata), Optional.empty());
  }

  /** Generates a new secret for a client. */
  @POST
  @Path("{client_id}/secret")
  @Operation(
      summary = "Generate a new secret",
      description =
          "The previous secret stays valid for a while, so that the client can be"
              + " reconfigured.")
  @APIResponse(
      responseCode = "200",
      description = "The client and its new secret, which is never shown again",
      content = @Content(schema = @Schema(implementation = ClientView.class)))
  @APIResponse(responseCode = "404", description = "The client does not exist")
  @Produces(MediaType.APPLICATION_JSON)
  public Response replaceSecret(
      @PathParam("client_id") String id,
      @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = SecretReplacement.class)))
          InputStream in,
      @Context HttpServletRequest request) {
    SecretReplacement wish =
        body.read(SecretReplacement.class, request, in).orElse(SecretReplacement.USUAL);
    OpaqueToken secret = OpaqueToken.random();
    RegisteredClient client =
        clients.replaceSecret(id, secret, wish.overlap(settings.clients().overlap()));
    return Response.ok(ClientView.of(client, Optional.of(secret))).build();
  }

  /** Deletes a client permanently whose identifier is a URL, which cannot be a path segment. */
  @DELETE
  @Operation(
      summary = "Delete a client whose client_id is a URL, permanently",
      description =
          "Its access tokens stay valid until they expire. A client that is"
              + " identified by a client ID metadata document is registered again when a"
              + " user next allows it access.")
  @APIResponse(responseCode = "404", description = "The client does not exist")
  public void deleteByAddress(@QueryParam("client_id") @DefaultValue("") String id) {
    clients.delete(id);
  }

  /** Deletes a client permanently. */
  @DELETE
  @Path("{client_id}")
  @Operation(
      summary = "Delete a client permanently",
      description = "Its access tokens stay valid until they expire.")
  @APIResponse(responseCode = "404", description = "The client does not exist")
  public void delete(@PathParam("client_id") String id) {
    clients.delete(id);
  }
}
