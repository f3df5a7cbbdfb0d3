package dev.signet.endpoint.account;

import dev.signet.domain.user.User;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The smallest protected endpoint: an example to copy, and a way to test a token. */
@Path("protected")
@Tag(name = "Accounts")
@ApplicationScoped
@RolesAllowed(User.USER)
public class ProtectedResource {
  @Inject private JsonWebToken caller;

  /** Shows the logged-in user, without a query. */
  @GET
  @Operation(summary = "Show the logged-in user")
  @Produces(MediaType.APPLICATION_JSON)
  public Greeting greet() {
    return new Greeting(caller.getName());
  }

  /** The logged-in user. */
  record Greeting(String loggedInAs) {}
}
