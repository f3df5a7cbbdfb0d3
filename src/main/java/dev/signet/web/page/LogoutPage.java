package dev.signet.web.page;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import java.util.List;
import java.util.Optional;

/**
 * Asks the user to confirm a logout (OpenID Connect RP-Initiated Logout, section 2). It sends
 * {@code decision}: {@code logout} or {@code stay}.
 *
 * @param action the path of the form, below {@link Frame#base}
 * @param client the name of the client, if it is known
 */
@JStache(path = "logout")
@JStacheConfig(using = Templates.class)
public record LogoutPage(
    Frame frame, String action, List<Hidden> hidden, Optional<String> client, String username)
    implements Page {

  @Override
  public String title() {
    return frame.text("logout.title");
  }

  /** Returns the sentence below the heading. */
  public String lead() {
    return client
        .map(name -> frame.text("logout.client", name, username))
        .orElseGet(() -> frame.text("logout.user", username));
  }

  @Override
  public String html() {
    return new LogoutPageRenderer(null, Html::escape).execute(this);
  }

  @Override
  public String toString() {
    return "LogoutPage[]";
  }
}
