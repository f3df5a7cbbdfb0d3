package dev.signet.domain.token;

import dev.signet.base.wiring.Shared;
import dev.signet.domain.user.User;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The extensions of the application: contributors and checks of claims, looked up once. */
@Shared
public class Extensions {
  /** Claims that have a meaning for Signet or for other readers of its tokens. */
  private static final Set<String> RESERVED =
      Set.of(
          "iss",
          "sub",
          "aud",
          "exp",
          "nbf",
          "iat",
          "jti",
          "typ",
          "upn",
          "preferred_username",
          "groups",
          "roles",
          "client_id",
          "azp",
          "scope",
          "auth_time",
          "acr",
          "amr",
          "sid",
          "csrf",
          "nonce",
          "at_hash",
          "c_hash",
          "events",
          "cnf",
          "act",
          "may_act",
          "raw_token");

  private final List<ClaimsContributor> contributors;
  private final List<ClaimsCheck> checks;

  @Inject
  Extensions(@Any Instance<ClaimsContributor> contributors, @Any Instance<ClaimsCheck> checks) {
    this(contributors.stream().toList(), checks.stream().toList());
  }

  public Extensions(List<ClaimsContributor> contributors, List<ClaimsCheck> checks) {
    this.contributors = contributors;
    this.checks = checks;
  }

  List<ClaimsCheck> checks() {
    return checks;
  }

  /** Returns the additional claims of a user. */
  Map<String, Object> claimsFor(User user) {
    if (contributors.isEmpty()) {
      return Map.of();
    }
    Map<String, Object> claims = new HashMap<>();
    for (ClaimsContributor contributor : contributors) {
      contributor
          .claimsFor(user)
          .forEach(
              (name, value) -> {
                if (RESERVED.contains(name) || claims.put(name, value) != null) {
                  throw new IllegalStateException(
                      contributor.getClass().getName() + " must not set the claim " + name);
                }
              });
    }
    return claims;
  }
}
