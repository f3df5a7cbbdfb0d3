package dev.signet.endpoint.grant;

import dev.signet.base.oauth.GrantType;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.settings.value.Limit;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.ClientAuthenticator;
import dev.signet.web.body.Form;
import dev.signet.web.caller.DpopProofs;
import dev.signet.web.caller.ShownCredentials;
import dev.signet.web.limit.Limited;
import dev.signet.web.limit.Limiter;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The token endpoint (RFC 6749, section 3.2). {@link TokenServlet} receives its requests. */
@Path("token")
@Tag(name = "OAuth")
@ApplicationScoped
public class TokenEndpoint {
  @Inject private ClientAuthenticator clients;
  @Inject private DpopProofs proofs;
  @Inject private Limiter limiter;
  @Inject @Any private Instance<GrantHandler> installed;

  private final Map<GrantType, GrantHandler> handlers = new EnumMap<>(GrantType.class);

  @PostConstruct
  void collect() {
    installed.forEach(handler -> handlers.put(handler.type(), handler));
  }

  /** Issues tokens to a client. */
  @POST
  @Limited(Limit.TOKEN_SOURCE)
  @Operation(
      summary = "Request an access token",
      description =
          "The client authenticates with HTTP Basic, with client_id and client_secret, or"
              + " with a signed assertion (RFC 7523). Public clients send client_id.")
  @APIResponse(
      responseCode = "429",
      description = "Too many requests, or too many attempts from this source have failed")
  @APIResponse(
      responseCode = "200",
      description = "An access token (RFC 6749, section 5.1)",
      content = @Content(schema = @Schema(implementation = TokenResponse.class)))
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  public TokenResponse token(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      Form request,
      @Context HttpServletRequest http,
      @Context HttpServletResponse answer) {
    String type = request.required("grant_type");
    Client client = clients.authenticate(ShownCredentials.in(authorization, request));
    limiter.check(http, Limit.TOKEN_CLIENT, client.id());
    GrantType grant =
        GrantType.named(type)
            .orElseThrow(
                () ->
                    new OAuthException(
                        OAuthError.UNSUPPORTED_GRANT_TYPE, "The grant_type is not supported."));
    if (!client.grantTypes().contains(grant)) {
      throw new OAuthException(
          OAuthError.UNAUTHORIZED_CLIENT, "The client is not registered for this grant type.");
    }
    Optional<String> key = proofs.key(http, answer);
    if (key.isEmpty() && client.metadata().dpopBoundAccessTokens()) {
      throw new OAuthException(
          OAuthError.INVALID_DPOP_PROOF, "This client must send a DPoP proof.");
    }
    return handlers.get(grant).grant(new TokenRequest(client, request, key));
  }
}
