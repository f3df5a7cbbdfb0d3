package dev.signet.grant;

import dev.signet.client.Client;
import dev.signet.client.ClientAuthenticator;
import dev.signet.keys.InvalidToken;
import dev.signet.keys.TokenVerifier;
import dev.signet.keys.VerifiedToken;
import dev.signet.token.Revocations;
import dev.signet.token.TokenAdmission;
import dev.signet.web.Form;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Tells about tokens (RFC 7662): a client about its own, a resource server (the group {@link
 * Revocations#RESOURCE_SERVER}) about all. Whatever cannot be told is inactive.
 */
@Path("introspect")
@Tag(name = "OAuth")
@ApplicationScoped
public class IntrospectionEndpoint {
  @Inject private ClientAuthenticator clients;
  @Inject private TokenVerifier verifier;
  @Inject private TokenAdmission admission;

  /** Says whether a token is good, and what it says. */
  @POST
  @Operation(
      summary = "Ask about an access token",
      description = "For resource servers; any client may ask about its own.")
  @APIResponse(
      responseCode = "200",
      description = "What the token says, if it is active (RFC 7662, section 2.2)",
      content = @Content(schema = @Schema(implementation = Introspection.class)))
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  public Response introspect(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, Form request) {
    Client client = clients.authenticate(ShownCredentials.in(authorization, request));
    return Response.ok(introspect(client, request.required("token")))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private Introspection introspect(Client client, String presented) {
    try {
      VerifiedToken token = verifier.verifyForAnyAudience(presented);
      admission.check(token);
      boolean told =
          client.groups().contains(Revocations.RESOURCE_SERVER)
              || client.id().equals(token.clientId());
      return told ? Introspection.of(token) : Introspection.INACTIVE;
    } catch (InvalidToken e) {
      return Introspection.INACTIVE;
    }
  }
}
