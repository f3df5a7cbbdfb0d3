package dev.signet.web;

import dev.signet.database.Database;
import dev.signet.keys.InvalidToken;
import dev.signet.oauth.OAuthError;
import dev.signet.oauth.OAuthException;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * What a request failed for: the one translation of an exception, before it is put into the words
 * of the API, of OAuth or of a page.
 */
final class Failure {
  private static final Logger LOG = System.getLogger(Failure.class.getName());
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private static final String TRANSLATED = Failure.class.getName();

  private Failure() {}

  /** What an exception has become, for a server that asks for its answer a second time. */
  private record Translated(Throwable thrown, Exception decisive) {}

  /**
   * Finds the exception that decides the answer: an {@link OAuthException}, a {@link Refusal}, an
   * {@link InvalidToken} or a {@link WebApplicationException}. A failure of the database becomes
   * {@link Problem#UNAVAILABLE}, every unforeseen one {@link Problem#INTERNAL_ERROR}; the log has
   * one line of the first and the stack trace of the second. Jersey, in Payara, maps an exception
   * of an EJB twice; the log has it once.
   */
  static Exception decisive(Throwable thrown, HttpServletRequest request) {
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
      // A request that refers to a user has locked the user: only the client can be gone.
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

  /** Containers wrap what the database says in exceptions that repeat it at length. */
  private static Throwable rootOf(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
