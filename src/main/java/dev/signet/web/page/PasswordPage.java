package dev.signet.web.page;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import java.util.List;
import java.util.Optional;

/**
 * Asks for a new password to replace a one-time password. It sends {@code old_password}, {@code
 * new_password} and {@code repeated_password}.
 *
 * @param action the path of the form, below {@link Frame#base}
 * @param fault of the last attempt
 * @param chosenIsWrong whether the fault concerns the new password, not the old one
 */
@JStache(path = "password")
@JStacheConfig(using = Templates.class)
public record PasswordPage(
    Frame frame,
    String action,
    List<Hidden> hidden,
    String username,
    Optional<String> fault,
    boolean chosenIsWrong)
    implements Page {

  @Override
  public String title() {
    return frame.text("password.title");
  }

  /** Returns the sentence below the heading. */
  public String lead() {
    return frame.text("password.lead", username);
  }

  @Override
  public String html() {
    return new PasswordPageRenderer(null, Html::escape).execute(this);
  }

  @Override
  public String toString() {
    return "PasswordPage[]";
  }
}
