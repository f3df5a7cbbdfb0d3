package dev.signet.endpoint.discovery;

import dev.signet.domain.revocation.RevocationFeed;
import dev.signet.domain.revocation.Revocations;
import dev.signet.domain.user.User;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The signed revocation feed for services that verify tokens offline. */
@Path("revocations")
@Tag(name = "Revocations")
@ApplicationScoped
@RolesAllowed({Revocations.RESOURCE_SERVER, User.ADMIN})
public class RevocationsResource {
  @Inject private RevocationFeed feed;

  /** Returns a part of the feed. */
  @GET
  @Operation(
      summary = "Read the revocation feed",
      description =
          "A JWT of type revocations+jwt with the claims iss, iat, next, more and"
              + " revocations. Request the feed again with since=next: immediately if more"
              + " is true, otherwise about once a second. Entries may be repeated.")
  @Produces("application/jwt")
  public String read(
      @Parameter(description = "The value of next from the previous response") @QueryParam("since")
          String since) {
    return feed.read(Optional.ofNullable(since));
  }
}
