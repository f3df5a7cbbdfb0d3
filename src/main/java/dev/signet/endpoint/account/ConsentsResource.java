package dev.signet.endpoint.account;

import dev.signet.base.paging.Page;
import dev.signet.domain.consent.Consent;
import dev.signet.domain.consent.Consents;
import dev.signet.domain.user.User;
import dev.signet.web.caller.CurrentUser;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller's consents to clients. */
@Path("me/consents")
@Tag(name = "Consents")
@ApplicationScoped
@RolesAllowed(User.USER)
public class ConsentsResource {
  @Inject private Consents consents;
  @Inject private CurrentUser caller;

  /** Lists the consents. */
  @GET
  @Operation(summary = "List one's own consents")
  @Produces(MediaType.APPLICATION_JSON)
  public ConsentList list(
      @Parameter(
              description = "Maximum number of consents in the response, 1 to 100",
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
          String after) {
    Page<Consent> page = consents.list(caller.id(), Page.limit(limit), Page.after(after));
    return new ConsentList(
        page.items().stream().map(ConsentView::of).toList(), page.next().orElse(null));
  }

  /**
   * Withdraws the consent to a client whose identifier is a URL, which cannot be a path segment.
   */
  @DELETE
  @Operation(
      summary = "Withdraw a consent for a client whose client_id is a URL",
      description =
          "The client's tokens are revoked immediately. The client must request consent"
              + " again.")
  @APIResponse(responseCode = "404", description = "The consent does not exist")
  public void withdrawByAddress(@QueryParam("client_id") @DefaultValue("") String clientId) {
    consents.withdraw(caller.id(), clientId);
  }

  /** Withdraws a consent. */
  @DELETE
  @Path("{client_id}")
  @Operation(
      summary = "Withdraw a consent",
      description =
          "The client's tokens are revoked immediately. The client must request consent"
              + " again.")
  @APIResponse(responseCode = "404", description = "The consent does not exist")
  public void withdraw(@PathParam("client_id") String clientId) {
    consents.withdraw(caller.id(), clientId);
  }
}
