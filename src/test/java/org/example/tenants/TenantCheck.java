package org.example.tenants;

import dev.signet.domain.jose.VerifiedToken;
import dev.signet.domain.token.ClaimsCheck;
import jakarta.enterprise.context.ApplicationScoped;

/** Accepts no token of the tenant that is closed, whatever else it says. */
@ApplicationScoped
public class TenantCheck implements ClaimsCheck {
  public static final String CLOSED = "closed.example";

  @Override
  public boolean accepts(VerifiedToken token) {
    return !CLOSED.equals(token.claims().get(TenantClaim.TENANT));
  }
}
