package org.example.tenants;

import dev.signet.domain.token.ClaimsContributor;
import dev.signet.domain.user.User;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Says in each token which tenant its holder belongs to: the domain of the e-mail address. */
@ApplicationScoped
public class TenantClaim implements ClaimsContributor {
  static final String TENANT = "tenant";

  @Override
  public Map<String, Object> claimsFor(User user) {
    return user.email()
        .map(email -> Map.<String, Object>of(TENANT, email.substring(email.indexOf('@') + 1)))
        .orElse(Map.of());
  }
}
