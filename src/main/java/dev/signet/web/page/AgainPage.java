package dev.signet.web.page;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import java.util.List;

/**
 * Tells why a form was refused, and leads back to where its page came from.
 *
 * @param title its heading
 * @param lead a sentence that says why
 * @param action the address that is asked once more
 * @param hidden the parameters of its query
 */
@JStache(path = "again")
@JStacheConfig(using = Templates.class)
public record AgainPage(Frame frame, String title, String lead, String action, List<Hidden> hidden)
    implements Page {

  /** The page of the form is too old. */
  public static AgainPage ofOldPage(Frame frame, String path, List<Hidden> hidden) {
    return new AgainPage(
        frame,
        frame.text("error.csrf.title"),
        frame.text("again.lead"),
        frame.base() + path,
        hidden);
  }

  /** The page of the form was opened under another name than the issuer's: leads to that. */
  public static AgainPage ofAnotherName(
      Frame frame, String issuer, String path, List<Hidden> hidden) {
    return new AgainPage(
        frame,
        frame.text("error.address.title"),
        frame.text("error.address.text", issuer),
        issuer + path,
        hidden);
  }

  @Override
  public String html() {
    return new AgainPageRenderer(null, Html::escape).execute(this);
  }

  @Override
  public String toString() {
    return "AgainPage[]";
  }
}
