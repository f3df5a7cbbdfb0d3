package dev.signet.web;

import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import dev.signet.user.RecentUsers;
import dev.signet.user.User;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The account of the caller, looked up when it is first asked for and once for each request. It may
 * be a second old: fit for showing, not for deciding.
 */
@RequestScoped
public class CurrentUser {
  @Inject private JsonWebToken caller;
  @Inject private RecentUsers recentUsers;

  private User user;

  /** The {@code sub} of the token; asks no database. */
  public String id() {
    return caller.getSubject();
  }

  /** The session that the token belongs to. */
  public Optional<String> session() {
    return CallerSession.of(caller);
  }

  /**
   * The account.
   *
   * @throws Refusal {@link Problem#NOT_FOUND} if it was deleted since the token was issued
   */
  public User get() {
    if (user == null) {
      user =
          recentUsers
              .find(id())
              .orElseThrow(() -> new Refusal(Problem.NOT_FOUND, "The account was deleted."));
    }
    return user;
  }
}
