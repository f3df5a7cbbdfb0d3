package dev.signet.web.caller;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Produces the caller's token for injection, whether Signet or the server verified it. Replaces the
 * servers' own producers, one of which only accepts its own class.
 */
@ApplicationScoped
@Alternative
@Priority(1000) // SmallRye's producer has the priority 1.
class JsonWebTokenProducer {
  @Produces
  @RequestScoped
  JsonWebToken caller(HttpServletRequest request) {
    return CallerToken.of(request)
        .map(JsonWebToken.class::cast)
        .orElseGet(
            () ->
                request.getUserPrincipal() instanceof JsonWebToken containers
                    ? containers
                    : CallerToken.NONE);
  }
}
