package dev.signet.endpoint.discovery;

import dev.signet.base.settings.KeySettings;
import dev.signet.domain.keys.Keys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The public keys (RFC 7517, section 5). */
@Path("jwks.json")
@Tag(name = "Discovery")
@ApplicationScoped
public class JwksResource {
  /**
   * The registered media type of a JWK set (RFC 7517, section 8.5.2), for clients that request it.
   */
  private static final String JWK_SET = "application/jwk-set+json";

  @Inject private Keys keys;
  @Inject private KeySettings settings;

  /** Shows the JWK set. */
  @GET
  @Operation(summary = "Show the public keys")
  @APIResponse(
      responseCode = "200",
      description = "A JWK set (RFC 7517)",
      content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  @Produces({MediaType.APPLICATION_JSON, JWK_SET})
  public Response show() {
    return Response.ok(keys.ring().publicJwks())
        .header("Cache-Control", "public, max-age=" + settings.cacheable().toSeconds())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }
}
