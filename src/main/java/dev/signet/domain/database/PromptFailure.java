package dev.signet.domain.database;

import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionCustomizer;

/**
 * Makes a query fail immediately if the database is unavailable. EclipseLink would retry it with
 * pauses of five seconds, and occupy the request's thread. Named in {@code persistence.xml}; a
 * server with a different provider never loads it.
 */
public final class PromptFailure implements SessionCustomizer {
  @Override
  public void customize(Session session) {
    session.getLogin().setQueryRetryAttemptCount(0);
  }
}
