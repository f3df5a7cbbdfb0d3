package dev.signet.web.error;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.domain.database.Database;
import dev.signet.domain.jose.InvalidToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * The cause of a failed request: the only translation of exceptions, which the API, OAuth endpoints
 * and pages render in their own formats.
 */
public final class Failure {
  private static final Logger LOG = System.getLogger(Failure.class.getName());
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private static final String TRANSLATED = Failure.class.getName();

  private Failure() {}

  /** The result for an exception, cached for a server that maps it a second time. */
  private record Translated(Throwable thrown, Exception decisive) {}

  /**
   * Returns the exception that decides the response: an {@link OAuthException}, a {@link Refusal},
   * an {@link InvalidToken} or a {@link WebApplicationException}. A failure of the database becomes
   * {@link Problem#UNAVAILABLE} and is logged in one line; every unexpected exception becomes
   * {@link Problem#INTERNAL_ERROR} and is logged with its stack trace. Jersey, in Payara, maps an
   * exception of an EJB twice; it is logged once.
   */
  public static Exception decisive(Throwable thrown, HttpServletRequest request) {
    if (request.getAttribute(TRANSLATED) instanceof Translated former && former.thrown == thrown) {
      return former.decisive;
    }
    Exception decisive = decisive(thrown);
    request.setAttribute(TRANSLATED, new Translated(thrown, decisive));
    return decisive;
  }

  private static Exception decisive(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof OAuthException
          || cause instanceof Refusal
          || cause instanceof InvalidToken) {
        return (Exception) cause;
      }
    }
    if (thrown instanceof WebApplicationException http) {
      return http;
    }
    if (Database.isDangling(thrown)) {
      // The request has locked the user, so only the client can have been deleted.
      return new OAuthException(OAuthError.INVALID_CLIENT, "The client does not exist.");
    }
    if (Database.isUnavailable(thrown)) {
      LOG.log(Level.WARNING, "The database is unavailable: {0}", rootOf(thrown).toString());
      return Refusal.retryAfter(Problem.UNAVAILABLE, "Try again shortly.", RETRY_AFTER);
    }
    LOG.log(Level.ERROR, "A request failed", thrown);
    return new Refusal(
        Problem.INTERNAL_ERROR, "Something went wrong on our side. The error has been logged.");
  }

  /** Containers wrap an exception of the database in exceptions that repeat its message. */
  private static Throwable rootOf(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
