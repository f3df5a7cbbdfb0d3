package dev.signet.endpoint.account;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.domain.user.User;
import dev.signet.domain.user.UserQuery;
import dev.signet.domain.user.Users;
import dev.signet.web.body.JsonReader;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** All accounts, for administrators. Users may read their own account. */
@Path("users")
@Tag(name = "Users")
@ApplicationScoped
@RolesAllowed(User.ADMIN)
public class UsersResource {
  @Inject private Users users;
  @Inject private JsonWebToken caller;

  /** Lists accounts, page by page. */
  @GET
  @Operation(summary = "List users")
  @Produces(MediaType.APPLICATION_JSON)
  public UserList list(
      @Parameter(
              description = "Maximum number of users in the response, 1 to 100",
              schema =
                  @Schema(
                      type = SchemaType.INTEGER,
                      minimum = "1",
                      maximum = "100",
                      defaultValue = "20"))
          @QueryParam("limit")
          @DefaultValue("20")
          String limit,
      @Parameter(description = "The value of next from the previous page") @QueryParam("after")
          String after,
      @Parameter(
              description = "The sort order; a leading hyphen reverses it",
              schema =
                  @Schema(
                      type = SchemaType.STRING,
                      enumeration = {"username", "-username", "created_at", "-created_at"},
                      defaultValue = "username"))
          @QueryParam("sort")
          @DefaultValue("username")
          String sort,
      @Parameter(description = "Text in the username or email address, case-insensitive")
          @QueryParam("q")
          String search) {
    return UserList.of(users.list(UserQuery.of(limit, sort, search, after)));
  }

  /** Shows one account. */
  @GET
  @Path("{id}")
  @Operation(
      summary = "Show a user",
      description = "Users may read their own account; administrators may read any account.")
  @APIResponse(responseCode = "200", description = "The user")
  @APIResponse(responseCode = "404", description = "The user does not exist")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({User.USER, User.ADMIN})
  public UserView show(@PathParam("id") String id) {
    boolean administrator = caller.getGroups().contains(User.ADMIN);
    if (!administrator && !id.equals(caller.getSubject())) {
      throw new Refusal(
          Problem.FORBIDDEN, "Only the owner of this account and administrators may read it.");
    }
    return users
        .find(id)
        .map(administrator ? UserView::forAdministrator : UserView::of)
        .orElseThrow(() -> new Refusal(Problem.NOT_FOUND, "The user does not exist."));
  }

  /** Changes an account. */
  @PATCH
  @Operation(
      summary = "Change a user",
      description =
          "Absent members stay unchanged. null removes the email; groups and enabled"
              + " cannot be removed.")
  @APIResponse(responseCode = "200", description = "The changed user")
  @APIResponse(responseCode = "404", description = "The user does not exist")
  @APIResponse(
      responseCode = "409",
      description = "The email address is taken, or the user is the last administrator")
  @Path("{id}")
  @Consumes({MediaType.APPLICATION_JSON, JsonReader.MERGE_PATCH})
  @Produces(MediaType.APPLICATION_JSON)
  public UserView change(@PathParam("id") String id, AccountChange change) {
    return UserView.forAdministrator(users.update(id, change.toChange()));
  }

  /** Deletes an account permanently. */
  @DELETE
  @Operation(summary = "Delete a user, for good")
  @APIResponse(responseCode = "404", description = "The user does not exist")
  @APIResponse(responseCode = "409", description = "The user is the last administrator")
  @Path("{id}")
  public void delete(@PathParam("id") String id) {
    users.delete(id);
  }
}
