package dev.signet.endpoint.grant;

import dev.signet.base.oauth.GrantType;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.value.Limit;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.ClientAuthenticator;
import dev.signet.domain.code.DeviceCodes;
import dev.signet.domain.code.DeviceRequest;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The device authorization endpoint, for devices without a browser or a keyboard (RFC 8628, section
 * 3.1).
 */
@Path("device_authorization")
@Tag(name = "OAuth")
@ApplicationScoped
public class DeviceAuthorizationEndpoint {
  @Inject private ClientAuthenticator clients;
  @Inject private Limiter limiter;
  @Inject private DeviceCodes codes;
  @Inject private Settings settings;

  /** Starts a device authorization. */
  @POST
  @Limited(Limit.AUTHORIZE_SOURCE)
  @Operation(
      summary = "Start a device authorization",
      description =
          "The device shows user_code and verification_uri, and polls the token endpoint.")
  @APIResponse(
      responseCode = "200",
      description = "The codes and the verification_uri for the device (RFC 8628, section 3.2)",
      content = @Content(schema = @Schema(implementation = DeviceAuthorization.class)))
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  public Response authorize(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      Form request,
      @Context HttpServletRequest http) {
    Client client = clients.authenticate(ShownCredentials.in(authorization, request));
    limiter.check(http, Limit.TOKEN_CLIENT, client.id());
    if (!client.grantTypes().contains(GrantType.DEVICE_CODE)) {
      throw new OAuthException(
          OAuthError.UNAUTHORIZED_CLIENT, "The client is not registered for this grant type.");
    }
    RequestedAccess wanted = RequestedAccess.of(client, request, settings.token().audience());
    DeviceCodes.Issued issued =
        codes.issue(new DeviceRequest(client.id(), wanted.scope(), wanted.audience()));
    return Response.ok(DeviceAuthorization.of(issued, settings.issuer())).build();
  }
}
