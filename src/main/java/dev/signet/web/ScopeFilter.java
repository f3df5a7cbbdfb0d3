package dev.signet.web;

import dev.signet.oauth.Scope;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Keeps clients to what users have granted: a token for a user is good for Signet's own API with
 * the scope {@code api} only, whatever groups the user is in. A client that acts for itself has the
 * groups that an administrator gave it.
 */
@Provider
@Priority(Priorities.AUTHORIZATION - 100)
public class ScopeFilter implements ContainerRequestFilter {
  @Inject private JsonWebToken caller;
  @Inject private Problems problems;

  @Override
  public void filter(ContainerRequestContext request) {
    if (!reaches(caller)) {
      request.abortWith(problems.outOfScope(Scope.API, FreshFilter.isDpop(request)).toResponse());
    }
  }

  /** Whether there is no token, or one that is good for Signet's own API. */
  public static boolean reaches(JsonWebToken caller) {
    if (caller.getRawToken() == null) {
      return true;
    }
    Optional<String> client = TextClaim.of(caller, "client_id");
    if (client.isPresent() && client.get().equals(caller.getSubject())) {
      return true;
    }
    return TextClaim.of(caller, "scope")
        .map(scope -> List.of(scope.split(" ", -1)).contains(Scope.API))
        .orElse(false);
  }
}
