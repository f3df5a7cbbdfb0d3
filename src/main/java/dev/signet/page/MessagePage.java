package dev.signet.page;

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
 */
@JStache(path = "message")
@JStacheConfig(using = Templates.class)
public record MessagePage(
    Frame frame, String title, String lead, Optional<String> detail, boolean error)
    implements Page {

  /** Something was done: shows the texts {@code <key>.title} and {@code <key>.text}. */
  public static MessagePage done(Frame frame, String key) {
    return of(frame, key, Optional.empty(), false);
  }

  /**
   * Something was refused: shows the texts {@code error.<kind>.title} and {@code
   * error.<kind>.text}, or else those of any error.
   */
  public static MessagePage error(Frame frame, String kind, Optional<String> detail) {
    String key = "error." + kind;
    return of(frame, frame.hasText(key + ".title") ? key : "error.other", detail, true);
  }

  private static MessagePage of(Frame frame, String key, Optional<String> detail, boolean error) {
    return new MessagePage(
        frame, frame.text(key + ".title"), frame.text(key + ".text"), detail, error);
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
