package dev.signet.endpoint.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The smallest endpoint with optional authentication: an example to copy. It has no annotation for
 * roles; the authentication mechanism refuses an invalid token before the method runs.
 */
@Path("optional")
@Tag(name = "Accounts")
@ApplicationScoped
public class OptionalResource {
  @Inject private JsonWebToken caller;

  /** Shows the logged-in user, if there is one. */
  @GET
  @Operation(summary = "Show the logged-in user, if there is one")
  @APIResponse(responseCode = "200", description = "The username, or null")
  @APIResponse(responseCode = "401", description = "The access token is not valid")
  @Produces(MediaType.APPLICATION_JSON)
  public Caller greet() {
    return new Caller(caller.getName());
  }

  /** The logged-in user; null without a token. */
  record Caller(@Schema(nullable = true) String loggedInAs) {}
}
