package dev.signet.endpoint.admin;

import dev.signet.domain.jose.Inspection;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.InvalidToken.Reason;
import dev.signet.domain.jose.TokenVerifier;
import dev.signet.domain.token.TokenAdmission;
import dev.signet.domain.user.User;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Explains tokens, for administrators who diagnose a problem. */
@Path("admin/tokens/inspect")
@Tag(name = "Revocations")
@ApplicationScoped
@RolesAllowed(User.ADMIN)
public class InspectionResource {
  @Inject private TokenVerifier verifier;
  @Inject private TokenAdmission admission;

  /** Shows the content of a token, and whether it is accepted. */
  @POST
  @Operation(
      summary = "Explain an access token",
      description = "Read-only: the token stays as it is.")
  @APIResponse(
      responseCode = "200",
      description = "The content of the token, and whether Signet accepts it")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public TokenInspection inspect(InspectionRequest request) {
    Inspection inspection = verifier.inspect(request.token());
    return TokenInspection.of(
        inspection, inspection.valid() ? objection(request.token()) : inspection.reason());
  }

  /** Returns the reason why a genuine token is not accepted, if any. */
  private Optional<Reason> objection(String token) {
    try {
      admission.check(verifier.verify(token));
      return Optional.empty();
    } catch (InvalidToken e) {
      return Optional.of(e.reason());
    }
  }
}
