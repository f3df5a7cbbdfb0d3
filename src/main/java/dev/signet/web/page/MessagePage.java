package dev.signet.web.page;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import java.util.Optional;

/**
 * A page without a form: a success or an error.
 *
 * @param title the heading
 * @param lead a sentence for the user
 * @param detail a public description for the developer of the client, in English
 * @param error whether it is an error
 * @param next a link for the user to continue, if there is one
 */
@JStache(path = "message")
@JStacheConfig(using = Templates.class)
public record MessagePage(
    Frame frame,
    String title,
    String lead,
    Optional<String> detail,
    boolean error,
    Optional<Link> next)
    implements Page {

  /** A link with its text. */
  public record Link(String address, String text) {}

  /** Returns a copy with a link that starts a login at a client. */
  public MessagePage withLogin(String clientName, Optional<String> address) {
    return new MessagePage(
        frame,
        title,
        lead,
        detail,
        error,
        address.map(uri -> new Link(uri, frame.text("next.login", clientName))));
  }

  /** Returns the page for a success, with the texts {@code <key>.title} and {@code <key>.text}. */
  public static MessagePage done(Frame frame, String key) {
    return of(frame, key, Optional.empty(), false);
  }

  /**
   * Returns the page for an error, with the texts {@code error.<kind>.title} and {@code
   * error.<kind>.text}, or else the texts for any error.
   *
   * @param arguments of the text
   */
  public static MessagePage error(
      Frame frame, String kind, Optional<String> detail, Object... arguments) {
    String key = "error." + kind;
    return of(frame, frame.hasText(key + ".title") ? key : "error.other", detail, true, arguments);
  }

  private static MessagePage of(
      Frame frame, String key, Optional<String> detail, boolean error, Object... arguments) {
    return new MessagePage(
        frame,
        frame.text(key + ".title"),
        frame.text(key + ".text", arguments),
        detail,
        error,
        Optional.empty());
  }

  @Override
  public String html() {
    return new MessagePageRenderer(null, Html::escape).execute(this);
  }

  @Override
  public String toString() {
    return "MessagePage[" + title + "]";
  }
}
