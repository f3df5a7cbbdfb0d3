package dev.signet.endpoint.authorize;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.account.Accounts;
import dev.signet.domain.session.BrowserSession;
import dev.signet.web.body.Form;
import dev.signet.web.page.Frame;
import dev.signet.web.page.Hidden;
import dev.signet.web.page.PasswordPage;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Requires a user who logged in with a one-time password to choose a new password first. */
@Shared
class FirstPassword {
  private static final int LONGEST = 1024;

  /** The faults that only concern the new password. */
  private static final Set<String> CHOSEN_IS_WRONG =
      Set.of("password.weak", "password.same", "password.differ");

  private final Accounts accounts;

  @Inject
  FirstPassword(Accounts accounts) {
    this.accounts = accounts;
  }

  /** Returns the page, with the fault of the last attempt. */
  static PasswordPage page(
      Frame frame,
      String action,
      List<Hidden> hidden,
      BrowserSession session,
      Optional<String> fault) {
    return new PasswordPage(
        frame,
        action,
        hidden,
        session.user().username(),
        fault.map(frame::text),
        fault.filter(CHOSEN_IS_WRONG::contains).isPresent());
  }

  /**
   * Replaces the password of the logged-in user. The current session continues, the user's others
   * end.
   *
   * @return the key of the fault; empty if the password was replaced, or need not be
   * @throws Refusal {@link Problem#BLOCKED} or {@link Problem#OVERLOADED}
   */
  Optional<String> replace(Form form, BrowserSession session) {
    if (!session.user().passwordChangeRequired()) {
      return Optional.empty();
    }
    String old = form.text("old_password").orElse("");
    String chosen = form.text("new_password").orElse("");
    if (old.isEmpty() || chosen.isEmpty()) {
      return Optional.of("password.incomplete");
    }
    if (!form.text("repeated_password").equals(Optional.of(chosen))) {
      return Optional.of("password.differ");
    }
    if (old.length() > LONGEST) {
      return Optional.of("password.wrong");
    }
    try {
      accounts.changePassword(session.user().id(), old, chosen, Optional.of(session.id()));
      return Optional.empty();
    } catch (Refusal e) {
      if (e.problem() == Problem.WEAK_PASSWORD) {
        return Optional.of("password.weak");
      }
      if (e.problem() != Problem.INVALID_INPUT) {
        throw e;
      }
      boolean same = Objects.equals(e.errors().get(0).field(), "new_password");
      return Optional.of(same ? "password.same" : "password.wrong");
    }
  }
}
