package dev.signet.login;

import dev.signet.token.AccessToken;
import dev.signet.token.TokenIssuer;
import dev.signet.user.Authenticator;
import dev.signet.user.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Logs users in. */
@Path("login")
@Tag(name = "Login")
@ApplicationScoped
public class LoginResource {
  @Inject private Authenticator authenticator;
  @Inject private TokenIssuer issuer;

  /** Exchanges a username and password for an access token. */
  @POST
  @Operation(summary = "Log in")
  @APIResponse(responseCode = "200", description = "An access token")
  @APIResponse(responseCode = "401", description = "The username or the password is wrong")
  @APIResponse(responseCode = "503", description = "Too many logins at the moment")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public TokenAnswer login(Credentials credentials) {
    User user = authenticator.authenticate(credentials.username(), credentials.password());
    AccessToken token = issuer.issue(user);
    return new TokenAnswer(
        token.value(),
        "Bearer",
        token.lifetime().toSeconds(),
        user.passwordChangeRequired() ? true : null);
  }
}
