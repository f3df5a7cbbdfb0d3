package dev.signet.endpoint.registration;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.route.Routes;
import dev.signet.base.settings.RegistrationSettings;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.value.Limit;
import dev.signet.domain.client.Registration;
import dev.signet.domain.client.Registrations;
import dev.signet.domain.user.User;
import dev.signet.web.body.JsonBody;
import dev.signet.web.caller.BearerToken;
import dev.signet.web.limit.Limited;
import dev.signet.web.mechanism.ScopeFilter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Dynamic client registration (RFC 7591, OpenID Connect Dynamic Client Registration 1.0), with an
 * access token of a user who may register clients, and client management (RFC 7592), with a
 * registration access token.
 */
@Path("register")
@Tag(name = "OAuth")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class RegistrationEndpoint {
  @Inject private Registrations registrations;
  @Inject private RegistrationSettings settings;
  @Inject private Settings all;
  @Inject private JsonBody body;
  @Inject private JsonWebToken caller;

  /** Registers a client. */
  @POST
  @Limited(Limit.REGISTER_SOURCE)
  @Operation(
      hidden =
          true) // Described in ApiDescription, because the scanner confuses it with /api/register.
  @Consumes(MediaType.APPLICATION_JSON)
  public Response register(InputStream in, @Context HttpServletRequest request) {
    admit();
    try {
      return answer(201, registrations.register(read(in, request).metadata()));
    } catch (Refusal refusal) {
      throw inWordsOfOAuth(refusal);
    }
  }

  /** Shows the client's own registration. */
  @GET
  @Path("{client_id}")
  @Operation(
      summary = "Show the client's own registration",
      description = "With its registration access token. The secret is not shown again.")
  @APIResponse(
      responseCode = "200",
      description = "The client",
      content = @Content(schema = @Schema(implementation = RegistrationView.class)))
  public Response show(
      @PathParam("client_id") String id,
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
    return answer(200, find(id, authorization));
  }

  /** Replaces the client's own registration. */
  @PUT
  @Path("{client_id}")
  @Limited(Limit.REGISTER_SOURCE)
  @Operation(
      summary = "Replace the client's own registration",
      description =
          "Absent members get their default value. client_id is required;"
              + " client_secret, if present, must be the current one.")
  @APIResponse(
      responseCode = "200",
      description = "The changed client",
      content = @Content(schema = @Schema(implementation = RegistrationView.class)))
  @Consumes(MediaType.APPLICATION_JSON)
  public Response replace(
      @PathParam("client_id") String id,
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = RegistrationRequest.class)))
          InputStream in,
      @Context HttpServletRequest request) {
    Registration former = find(id, authorization);
    try {
      RegistrationRequest asked = read(in, request);
      Optional<String> secret = Optional.ofNullable(asked.clientSecret());
      return answer(200, registrations.change(former, asked.metadata(), secret));
    } catch (Refusal refusal) {
      throw inWordsOfOAuth(refusal);
    }
  }

  /** Deletes the client's own registration. */
  @DELETE
  @Path("{client_id}")
  @Operation(
      summary = "Delete the client's own registration permanently",
      description = "Its access tokens stay valid until they expire.")
  @APIResponse(responseCode = "204", description = "The client is deleted")
  public void delete(
      @PathParam("client_id") String id,
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
    registrations.delete(find(id, authorization));
  }

  private void admit() {
    switch (settings.clients()) {
      case OFF -> throw new NotFoundException();
      case TOKEN -> {
        Set<String> groups = caller.getGroups();
        if (groups == null) {
          throw withoutToken();
        }
        boolean may = groups.contains(Registrations.REGISTRAR) || groups.contains(User.ADMIN);
        if (!may || !ScopeFilter.reaches(caller)) {
          throw new OAuthException(
              OAuthError.INSUFFICIENT_SCOPE,
              "The access token does not allow the registration of clients.");
        }
      }
      case OPEN -> {}
    }
  }

  private Registration find(String id, String authorization) {
    if (settings.clients() == RegistrationSettings.Clients.OFF) {
      throw new NotFoundException();
    }
    return registrations.find(
        id, BearerToken.in(authorization).orElseThrow(RegistrationEndpoint::withoutToken));
  }

  /** Returns a challenge without an error code, as there was no token (RFC 6750, section 3.1). */
  private static NotAuthorizedException withoutToken() {
    return new NotAuthorizedException(Response.status(401).build());
  }

  private RegistrationRequest read(InputStream in, HttpServletRequest request) {
    return body.read(RegistrationRequest.class, request, in)
        .orElseThrow(() -> new Refusal(Problem.MALFORMED_JSON, "The body is missing."));
  }

  private Response answer(int status, Registration registration) {
    String uri = all.issuer() + Routes.REGISTRATION.path() + "/" + registration.client().clientId();
    return Response.status(status).entity(RegistrationView.of(registration, uri)).build();
  }

  /**
   * Converts faults of the metadata to the errors of RFC 7591, section 3.2.2. Other refusals stay
   * unchanged.
   */
  private static RuntimeException inWordsOfOAuth(Refusal refusal) {
    return switch (refusal.problem()) {
      case MALFORMED_JSON ->
          new OAuthException(OAuthError.INVALID_CLIENT_METADATA, refusal.getMessage());
      case INVALID_INPUT -> {
        boolean ofRedirect =
            refusal.errors().stream().anyMatch(error -> error.field().equals("redirect_uris"));
        String faults =
            refusal.errors().stream()
                .map(error -> error.field() + " " + error.message())
                .collect(Collectors.joining("; "));
        yield new OAuthException(
            ofRedirect ? OAuthError.INVALID_REDIRECT_URI : OAuthError.INVALID_CLIENT_METADATA,
            faults.isEmpty() ? refusal.getMessage() : faults + ".");
      }
      default -> refusal;
    };
  }
}
