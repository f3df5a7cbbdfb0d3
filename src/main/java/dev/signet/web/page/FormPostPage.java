package dev.signet.web.page;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import java.util.List;

/**
 * Brings the browser back to a client with the answer in the body of a request (OAuth 2.0 Form Post
 * Response Mode): by itself, or with a button where scripts do not run.
 *
 * @param action the whole address that the form goes to
 */
@JStache(path = "form-post")
@JStacheConfig(using = Templates.class)
public record FormPostPage(Frame frame, String action, List<Hidden> hidden) implements Page {
  @Override
  public String title() {
    return frame.text("post.title");
  }

  @Override
  public String html() {
    return new FormPostPageRenderer(null, Html::escape).execute(this);
  }

  @Override
  public String toString() {
    return "FormPostPage[]";
  }
}
