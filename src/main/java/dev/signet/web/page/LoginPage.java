package dev.signet.web.page;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import java.util.List;
import java.util.Optional;

/**
 * Asks for a username and a password: sends {@code username} and {@code password}, or {@code
 * cancel}.
 *
 * @param action the path that the form goes to, below {@link Frame#base}
 * @param client the name of who asks, if there is one
 * @param username what is filled in already
 * @param fault what was wrong with the last attempt
 */
@JStache(path = "login")
@JStacheConfig(using = Templates.class)
public record LoginPage(
    Frame frame,
    String action,
    List<Hidden> hidden,
    Optional<String> client,
    String username,
    Optional<String> fault)
    implements Page {

  @Override
  public String title() {
    return frame.text("login.title");
  }

  /** One sentence below the heading. */
  public String lead() {
    return client
        .map(name -> frame.text("login.client", name))
        .orElseGet(() -> frame.text("login.brand", frame.brand().name()));
  }

  /** Whether the name is there, so that the password is what is missing. */
  public boolean known() {
    return !username.isEmpty();
  }

  @Override
  public String html() {
    return new LoginPageRenderer(null, Html::escape).execute(this);
  }

  @Override
  public String toString() {
    return "LoginPage[]";
  }
}
