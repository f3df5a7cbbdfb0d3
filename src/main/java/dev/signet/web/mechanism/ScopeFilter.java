package dev.signet.web.mechanism;

import dev.signet.base.oauth.Scope;
import dev.signet.web.caller.TextClaim;
import dev.signet.web.error.Problems;
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
 * Enforces the scope of access tokens: a token for a user can only call Signet's own API with the
 * scope {@code api}, regardless of the user's groups. A client that acts for itself has the groups
 * that an administrator assigned to it.
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

  /** Whether the caller has no token, or a token that may call Signet's own API. */
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
