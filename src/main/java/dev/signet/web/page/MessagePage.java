package dev.signet.web.page;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import java.util.Optional;

/**
 * Tells something, and asks nothing: a success, or an error.
 *
 * @param title its heading
 * @param lead a sentence for the person who sees it
 * @param detail public words for the developer of the client, in English
 * @param error whether something went wrong
 * @param next where the person may go on, if that is known
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

  /** A link with the text that is shown for it. */
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

  /** Something was done: shows the texts {@code <key>.title} and {@code <key>.text}. */
  public static MessagePage done(Frame frame, String key) {
    return of(frame, key, Optional.empty(), false);
  }

  /**
   * Something was refused: shows the texts {@code error.<kind>.title} and {@code
   * error.<kind>.text}, or else those of any error.
   *
   * @param arguments of the latter
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
