package dev.signet.web;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Hands out the caller's token for injection, whoever checked it. In place of the servers' own
 * producers, one of which accepts no other class than its own.
 */
@ApplicationScoped
@Alternative
@Priority(1000) // SmallRye's producer has 1.
class JsonWebTokenProducer {
  @Produces
  @RequestScoped
  JsonWebToken caller(HttpServletRequest request) {
    return BearerAuthentication.caller(request)
        .map(JsonWebToken.class::cast)
        .orElseGet(
            () ->
                request.getUserPrincipal() instanceof JsonWebToken containers
                    ? containers
                    : CallerToken.NONE);
  }
}
