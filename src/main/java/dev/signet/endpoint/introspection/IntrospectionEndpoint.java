package dev.signet.endpoint.introspection;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.settings.value.Limit;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.ClientAuthenticator;
import dev.signet.domain.client.Subjects;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.TokenVerifier;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.domain.revocation.Revocations;
import dev.signet.domain.session.RefreshFamilies;
import dev.signet.domain.token.TokenAdmission;
import dev.signet.web.body.Form;
import dev.signet.web.caller.ShownCredentials;
import dev.signet.web.limit.Limited;
import dev.signet.web.limit.Limiter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The introspection endpoint (RFC 7662). A client can introspect its own tokens, and a resource
 * server (the group {@link Revocations#RESOURCE_SERVER}) all access tokens. All other tokens are
 * reported as inactive. The form of a token shows its kind, so {@code token_type_hint} is ignored.
 */
@Path("introspect")
@Tag(name = "OAuth")
@ApplicationScoped
public class IntrospectionEndpoint {
  @Inject private ClientAuthenticator clients;
  @Inject private TokenVerifier verifier;
  @Inject private TokenAdmission admission;
  @Inject private RefreshFamilies families;
  @Inject private Subjects subjects;
  @Inject private Limiter limiter;
  @Inject private Clock clock;

  /** Returns whether a token is active, and its claims. */
  @POST
  @Limited(Limit.INTROSPECT_SOURCE)
  @Operation(
      summary = "Introspect a token",
      description =
          "Resource servers may introspect access tokens that are meant for them. Any"
              + " confidential client may introspect its own access and refresh tokens.")
  @APIResponse(responseCode = "429", description = "Too many requests")
  @APIResponse(
      responseCode = "200",
      description =
          "The state of the token, with its claims if it is active (RFC 7662, section" + " 2.2)",
      content = @Content(schema = @Schema(implementation = Introspection.class)))
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  public Response introspect(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      Form request,
      @Context HttpServletRequest http) {
    Client client = clients.authenticate(ShownCredentials.in(authorization, request));
    if (client.metadata().isPublic()) {
      // RFC 7662, section 2.1, requires authentication, and a public client has none.
      throw new OAuthException(
          OAuthError.INVALID_CLIENT, "Public clients may not use introspection.");
    }
    limiter.check(http, Limit.INTROSPECT_CLIENT, client.id());
    return Response.ok(introspect(client, request.required("token"))).build();
  }

  private Introspection introspect(Client client, String presented) {
    return RevocationEndpoint.isRefreshToken(presented)
        ? families
            .look(presented, client)
            .map(
                session ->
                    Introspection.of(session, client, subjects.of(client, session.user().id())))
            .orElse(Introspection.INACTIVE)
        : ofAccessToken(client, presented);
  }

  private Introspection ofAccessToken(Client client, String presented) {
    try {
      VerifiedToken token = verifier.verifyForAnyAudience(presented);
      admission.check(token);
      // The caller need not allow for clock skew (RFC 7662, section 4).
      boolean good = clock.instant().getEpochSecond() < token.expiresAt();
      boolean told =
          client.groups().contains(Revocations.RESOURCE_SERVER)
              || client.id().equals(token.clientId());
      return good && told ? Introspection.of(token) : Introspection.INACTIVE;
    } catch (InvalidToken e) {
      return Introspection.INACTIVE;
    }
  }
}
