package dev.signet.domain.database;

import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionCustomizer;

/**
 * Lets a query fail at once when the database is gone. EclipseLink would try it again, with pauses
 * of five seconds, and keep the request's thread. Named in {@code persistence.xml}; a server with
 * another provider never loads it.
 */
public final class PromptFailure implements SessionCustomizer {
  @Override
  public void customize(Session session) {
    session.getLogin().setQueryRetryAttemptCount(0);
  }
}
