package dev.signet.web;

import dev.signet.audit.AuditLog;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Takes no work that changes something while it could not be recorded: all that is recorded begins
 * with an unsafe method.
 */
@Provider
public class AuditAdmission implements ContainerRequestFilter {
  @Inject private AuditLog audit;

  /**
   * Asks before the resource does.
   *
   * @throws Refusal {@link Problem#OVERLOADED}
   */
  @Override
  public void filter(ContainerRequestContext request) {
    if (!CsrfDefence.isSafe(request.getMethod())) {
      audit.admit();
    }
  }
}
