package dev.signet.web.caller;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.domain.user.RecentUsers;
import dev.signet.domain.user.User;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The account of the caller, read at most once for each request. It may be a second old: use it for
 * display, not for decisions.
 */
@RequestScoped
public class CurrentUser {
  @Inject private JsonWebToken caller;
  @Inject private RecentUsers recentUsers;

  private User user;

  /** Returns the {@code sub} of the token, without a query. */
  public String id() {
    return caller.getSubject();
  }

  /** Returns the session of the token. */
  public Optional<String> session() {
    return CallerSession.of(caller);
  }

  /**
   * Returns the account.
   *
   * @throws Refusal {@link Problem#NOT_FOUND} if it was deleted after the token was issued
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
