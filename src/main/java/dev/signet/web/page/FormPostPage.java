package dev.signet.web.page;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import java.util.List;

/**
 * Returns the browser to a client with the authorization response in a form (OAuth 2.0 Form Post
 * Response Mode): automatically, or with a button if scripts are disabled.
 *
 * @param action the URL of the form
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
