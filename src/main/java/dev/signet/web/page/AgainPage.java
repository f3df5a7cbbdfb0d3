package dev.signet.web.page;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import java.util.List;

/**
 * The page that explains why a form was refused, and leads back to the request.
 *
 * @param title the heading
 * @param lead a sentence with the reason
 * @param action the URL to request again
 * @param hidden the parameters of its query
 */
@JStache(path = "again")
@JStacheConfig(using = Templates.class)
public record AgainPage(Frame frame, String title, String lead, String action, List<Hidden> hidden)
    implements Page {

  /** Returns the page for a form of an expired page. */
  public static AgainPage ofOldPage(Frame frame, String path, List<Hidden> hidden) {
    return new AgainPage(
        frame,
        frame.text("error.csrf.title"),
        frame.text("again.lead"),
        frame.base() + path,
        hidden);
  }

  /**
   * Returns the page for a form of a page that was opened under a different host name; it leads to
   * the issuer's.
   */
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
