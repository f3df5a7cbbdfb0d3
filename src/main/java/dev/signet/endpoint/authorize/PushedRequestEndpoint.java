package dev.signet.endpoint.authorize;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.settings.value.Limit;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.ClientAuthenticator;
import dev.signet.domain.code.PushedRequests;
import dev.signet.web.body.Form;
import dev.signet.web.caller.DpopProofs;
import dev.signet.web.caller.ShownCredentials;
import dev.signet.web.limit.Limited;
import dev.signet.web.limit.Limiter;
import jakarta.enterprise.context.ApplicationScoped;
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
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Accepts authorization requests directly from clients (RFC 9126), so that they cannot be read or
 * modified in the browser.
 */
@Path("par")
@Tag(name = "OAuth")
@ApplicationScoped
public class PushedRequestEndpoint {
  private static final int LONGEST = 32_000;
  private static final String KEY = "dpop_jkt";

  @Inject private ClientAuthenticator clients;
  @Inject private AuthorizationRequests requests;
  @Inject private PushedRequests pushed;
  @Inject private DpopProofs proofs;
  @Inject private Limiter limiter;

  /** Validates a request as the authorization endpoint does, and stores it. */
  @POST
  @Limited(Limit.TOKEN_SOURCE)
  @Operation(
      summary = "Push an authorization request",
      description = "The parameters of the authorization endpoint, with the client's credentials.")
  @APIResponse(
      responseCode = "201",
      description = "The request_uri to send to the authorization endpoint (RFC 9126, section 2.2)",
      content = @Content(schema = @Schema(implementation = PushedRequest.class)))
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  public Response push(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      Form form,
      @Context HttpServletRequest http,
      @Context HttpServletResponse answer) {
    Client client = clients.authenticate(ShownCredentials.in(authorization, form));
    limiter.check(http, Limit.TOKEN_CLIENT, client.id());
    if (form.text("request_uri").isPresent()) {
      throw Rules.invalid(
          "A pushed authorization request must not contain the parameter request_uri.");
    }
    Form request = parameters(client, form, proofs.key(http, answer));
    requests.check(request);
    String encoded = request.encoded();
    if (encoded.length() > LONGEST) {
      throw Rules.invalid("The request is too long.");
    }
    Form.read(encoded); // The authorization endpoint parses it in the same way.
    return Response.status(Response.Status.CREATED)
        .entity(PushedRequest.of(pushed.add(client.id(), encoded)))
        .build();
  }

  /**
   * Returns the parameters for the authorization endpoint, without the client credentials. A DPoP
   * proof determines the key that the code is bound to (RFC 9449, section 10.1).
   */
  private static Form parameters(Client client, Form form, Optional<String> key) {
    if (key.isPresent() && !form.text(KEY).orElse(key.get()).equals(key.get())) {
      throw new OAuthException(
          OAuthError.INVALID_DPOP_PROOF, "The key of the DPoP proof does not match dpop_jkt.");
    }
    Map<String, List<String>> values = new LinkedHashMap<>(form.values());
    values.keySet().removeAll(ShownCredentials.PARAMETERS);
    values.put("client_id", List.of(client.id()));
    key.ifPresent(thumbprint -> values.put(KEY, List.of(thumbprint)));
    return new Form(values);
  }
}
