package dev.signet.endpoint.discovery;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.oauth.Scope;
import dev.signet.base.settings.value.Limit;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.ClientDirectory;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.domain.session.Sessions;
import dev.signet.domain.session.UserGrant;
import dev.signet.domain.token.Identity;
import dev.signet.web.limit.Limited;
import dev.signet.web.mechanism.AccessTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Returns claims about the user to a client (OpenID Connect Core 1.0, section 5.3). */
@Path("userinfo")
@Tag(name = "OAuth")
@ApplicationScoped
public class UserinfoEndpoint {
  @Inject private AccessTokens tokens;
  @Inject private Sessions sessions;
  @Inject private ClientDirectory clients;
  @Inject private Identity identity;

  /** Returns the claims for the access token in the header. */
  @GET
  @Limited(Limit.USERINFO_SOURCE)
  @Operation(
      summary = "Get claims about the user",
      description = "With an access token of the scope openid, whatever its audience.")
  @APIResponse(
      responseCode = "200",
      description = "The user's claims (OpenID Connect Core 1.0, section 5.3.2)",
      content = @Content(schema = @Schema(implementation = Userinfo.class)))
  @APIResponse(responseCode = "401", description = "The access token is missing or invalid")
  @APIResponse(responseCode = "403", description = "The access token lacks the scope openid")
  @APIResponse(responseCode = "429", description = "Too many requests")
  @Produces(MediaType.APPLICATION_JSON)
  public Response get(@Context HttpServletRequest request) {
    return tell(tokens.require(request, Scope.OPENID));
  }

  /**
   * Returns the claims for the access token in the header or in the body (RFC 6750, section 2.2).
   */
  @POST
  @Limited(Limit.USERINFO_SOURCE)
  @Operation(
      summary = "Get claims about the user",
      description = "The access token may also be sent as the form parameter access_token.")
  @APIResponse(
      responseCode = "200",
      description = "The user's claims (OpenID Connect Core 1.0, section 5.3.2)",
      content = @Content(schema = @Schema(implementation = Userinfo.class)))
  @APIResponse(responseCode = "401", description = "The access token is missing or invalid")
  @APIResponse(responseCode = "403", description = "The access token lacks the scope openid")
  @APIResponse(responseCode = "429", description = "Too many requests")
  @Produces(MediaType.APPLICATION_JSON)
  public Response post(
      @Context HttpServletRequest request,
      @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                      schema = @Schema(type = SchemaType.OBJECT)))
          InputStream in) {
    return tell(tokens.require(request, in, Scope.OPENID));
  }

  private Response tell(VerifiedToken token) {
    String session =
        token
            .session()
            .orElseThrow(
                () -> refusal("The access token was issued to the client itself, not for a user."));
    UserGrant grant =
        sessions
            .granted(session)
            .filter(granted -> granted.clientId().equals(token.clientId()))
            .orElseThrow(UserinfoEndpoint::ended);
    Client client = clients.find(grant.clientId()).orElseThrow(UserinfoEndpoint::ended);
    grant.granted().checkSubject(client, OAuthError.INVALID_TOKEN);
    return Response.ok(new Userinfo(identity.userinfo(client, grant, token.scope()))).build();
  }

  private static OAuthException ended() {
    return refusal("The session has ended, or the user has withdrawn the consent.");
  }

  private static OAuthException refusal(String description) {
    return new OAuthException(OAuthError.INVALID_TOKEN, description);
  }
}
