package dev.signet.endpoint.account;

import dev.signet.domain.account.Accounts;
import dev.signet.domain.user.User;
import dev.signet.domain.user.Users;
import dev.signet.web.body.JsonReader;
import dev.signet.web.caller.CurrentUser;
import dev.signet.web.mechanism.Fresh;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller's own account. */
@Path("me")
@Tag(name = "Accounts")
@ApplicationScoped
@RolesAllowed(User.USER)
public class MeResource {
  @Inject private Users users;
  @Inject private Accounts accounts;
  @Inject private CurrentUser caller;

  /** Shows the account. */
  @GET
  @Operation(summary = "Show one's own account")
  @Produces(MediaType.APPLICATION_JSON)
  public UserView show() {
    return UserView.of(caller.get());
  }

  /** Changes the account. */
  @PATCH
  @Operation(
      summary = "Change one's own account",
      description = "Absent members stay unchanged; null removes a value.")
  @APIResponse(responseCode = "200", description = "The changed account")
  @APIResponse(
      responseCode = "409",
      description =
          "The email address is taken; reported only if the server is configured to do so")
  @Consumes({MediaType.APPLICATION_JSON, JsonReader.MERGE_PATCH})
  @Produces(MediaType.APPLICATION_JSON)
  public UserView change(MeChange change) {
    return UserView.of(accounts.changeOwn(caller.id(), change.toChange()));
  }

  /** Deletes the account permanently. */
  @DELETE
  @Fresh
  @Operation(summary = "Delete one's own account, for good")
  @APIResponse(responseCode = "409", description = "The account is the last administrator")
  public void delete() {
    users.delete(caller.id());
  }

  /** Replaces the password. */
  @POST
  @Fresh
  @Operation(summary = "Replace one's own password", description = "Ends all other sessions.")
  @APIResponse(responseCode = "429", description = "Too many attempts from this source have failed")
  @Path("password")
  @Consumes(MediaType.APPLICATION_JSON)
  public void changePassword(PasswordChange change) {
    accounts.changePassword(
        caller.id(), change.oldPassword(), change.newPassword(), caller.session());
  }
}
