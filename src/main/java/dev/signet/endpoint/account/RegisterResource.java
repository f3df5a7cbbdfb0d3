package dev.signet.endpoint.account;

import dev.signet.base.route.Routes;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.value.Limit;
import dev.signet.domain.account.Accounts;
import dev.signet.domain.user.EmailAddress;
import dev.signet.domain.user.User;
import dev.signet.domain.user.Username;
import dev.signet.web.limit.Limited;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Registers users. */
@Path("register")
@Tag(name = "Accounts")
@ApplicationScoped
public class RegisterResource {
  @Inject private Accounts accounts;
  @Inject private Settings settings;

  /** Creates an account in the group {@code user}. */
  @POST
  @Limited(Limit.REGISTER_SOURCE)
  @Operation(summary = "Register", description = "The new user belongs to the group user.")
  @APIResponse(
      responseCode = "201",
      description = "The new user",
      headers =
          @Header(
              name = "Location",
              description = "Where the user is",
              schema = @Schema(type = SchemaType.STRING, format = "uri")),
      content = @Content(schema = @Schema(implementation = UserView.class)))
  @APIResponse(responseCode = "409", description = "The username is taken")
  @APIResponse(responseCode = "429", description = "Too many requests")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Response register(Registration registration) {
    Username username = Username.parse(registration.username());
    Optional<EmailAddress> email =
        Optional.ofNullable(registration.email()).map(EmailAddress::parse);
    User user = accounts.register(username, registration.password(), email);
    return Response.created(URI.create(settings.issuer() + Routes.USERS.path() + "/" + user.id()))
        .entity(UserView.of(user))
        .build();
  }
}
