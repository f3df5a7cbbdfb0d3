package dev.signet.page;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import java.util.List;

/**
 * Tells that a form is of a page that is too old, and leads back to where that page came from.
 *
 * @param action the path that is asked once more, below {@link Frame#base}
 * @param hidden the parameters of its query
 */
@JStache(path = "again")
@JStacheConfig(using = Templates.class)
public record AgainPage(Frame frame, String action, List<Hidden> hidden) implements Page {
  @Override
  public String title() {
    return frame.text("error.csrf.title");
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
