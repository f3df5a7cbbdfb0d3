package dev.signet.web.page;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import java.util.List;
import java.util.Optional;

/**
 * The login page. It sends {@code username} and {@code password}, or {@code cancel}.
 *
 * @param action the path of the form, below {@link Frame#base}
 * @param client the name of the client, if there is one
 * @param username the prefilled username
 * @param fault of the last attempt
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

  /** Returns the sentence below the heading. */
  public String lead() {
    return client
        .map(name -> frame.text("login.client", name))
        .orElseGet(() -> frame.text("login.brand", frame.brand().name()));
  }

  /** Whether the username is prefilled, so that the password gets the focus. */
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
