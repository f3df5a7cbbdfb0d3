package dev.signet.endpoint.ops;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.MetricsSettings;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.Reason;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.database.Database;
import dev.signet.domain.guard.Guard;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.user.User;
import dev.signet.web.mechanism.ScrapeSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Metrics for a monitoring system. */
@Path("")
@Tag(name = "Operations")
@ApplicationScoped
public class MetricsResource {
  @Inject private Metrics metrics;
  @Inject private MetricsSettings settings;
  @Inject private ScrapeSecret secret;
  @Inject private Guard guard;
  @Inject private AuditLog audit;
  @Inject private JsonWebToken caller;

  /**
   * Returns all metrics to administrators and to callers with the secret. It does not use
   * {@code @RolesAllowed}, because the secret is not an access token.
   */
  @GET
  @Operation(
      summary = "Get metrics for a monitoring system",
      description =
          "In the Prometheus text format, or in OpenMetrics if the Accept header asks"
              + " for it. Needs an administrator's access token, or the secret of"
              + " signet.metrics.token as a bearer token.")
  @APIResponse(
      responseCode = "200",
      description = "The metrics",
      content = {
        @Content(mediaType = "text/plain", schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = "application/openmetrics-text",
            schema = @Schema(type = SchemaType.STRING))
      })
  @APIResponse(
      responseCode = "401",
      description = "The access token or the secret is missing or invalid")
  @APIResponse(responseCode = "403", description = "The access token lacks the role")
  @APIResponse(responseCode = "429", description = "Too many attempts from this source have failed")
  public Response show(@Context HttpServletRequest request) throws InvalidToken {
    if (!settings.open() && !hasSecret(request)) {
      refuseUnlessAdministrator();
    }
    Metrics.Exposition figures = metrics.expose(request.getHeader(HttpHeaders.ACCEPT));
    return Response.ok(figures.body(), figures.contentType())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  /**
   * Whether the request has the secret.
   *
   * @throws InvalidToken if it has a wrong one
   */
  private boolean hasSecret(HttpServletRequest request) throws InvalidToken {
    if (!secret.isTried(request)) {
      return false;
    }
    boolean right = secret.isIn(request);
    try {
      guard.admit();
      if (!right) {
        guard.failed();
      }
    } catch (RuntimeException e) {
      // The metrics are most needed while the database is unavailable.
      if (!right || !Database.isUnavailable(e)) {
        throw e;
      }
    }
    if (!right) {
      audit.record(SecurityEvent.of(EventType.METRICS_REFUSED, Reason.WRONG_SECRET));
      throw new InvalidToken(InvalidToken.Reason.MALFORMED);
    }
    return true;
  }

  private void refuseUnlessAdministrator() {
    if (caller.getRawToken() == null) {
      throw new Refusal(
          Problem.INVALID_TOKEN,
          "This operation requires an administrator's access token or the secret of"
              + " signet.metrics.token.");
    }
    if (!caller.getGroups().contains(User.ADMIN)) {
      throw new Refusal(Problem.FORBIDDEN, "Your groups do not allow this operation.");
    }
  }
}
