package dev.signet.grant;

import dev.signet.client.Client;
import dev.signet.client.ClientAuthenticator;
import dev.signet.keys.InvalidToken;
import dev.signet.keys.TokenVerifier;
import dev.signet.keys.VerifiedToken;
import dev.signet.token.Sessions;
import dev.signet.token.TokenAdmission;
import dev.signet.web.Form;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Revokes a client's own tokens (RFC 7009). Of others it says nothing, and does nothing. */
@Path("revoke")
@Tag(name = "OAuth")
@ApplicationScoped
public class RevocationEndpoint {
  @Inject private ClientAuthenticator clients;
  @Inject private TokenVerifier verifier;
  @Inject private TokenAdmission admission;
  @Inject private Sessions sessions;

  /** Revokes a token. */
  @POST
  @Operation(summary = "Revoke an access token of one's own")
  @APIResponse(responseCode = "200", description = "It is not valid (RFC 7009, section 2.2)")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response revoke(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, Form request) {
    Client client = clients.authenticate(ShownCredentials.in(authorization, request));
    try {
      VerifiedToken token = verifier.verifyForAnyAudience(request.required("token"));
      admission.check(token);
      if (client.id().equals(token.clientId())) {
        sessions.revokeToken(token.id());
      }
    } catch (InvalidToken e) {
      // What is not valid need not be revoked.
    }
    return Response.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
