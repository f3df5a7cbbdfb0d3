package dev.signet.web.mechanism;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.domain.audit.AuditLog;
import dev.signet.web.browser.CsrfDefence;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Rejects unsafe requests while the audit queue is full. */
@Provider
public class AuditAdmission implements ContainerRequestFilter {
  @Inject private AuditLog audit;

  /**
   * Checks the queue before the resource method runs.
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
