package dev.signet.web.page;

import io.jstach.jstache.JStacheLambda;

/** A page. Its template accesses the members by name. */
public interface Page {
  /** Returns the common properties of all pages. */
  Frame frame();

  /** Returns the heading. */
  String title();

  /** Returns the whole page. All values in the template are escaped. */
  String html();

  /** Returns a text in the page's language by its key, for templates. */
  @JStacheLambda
  @JStacheLambda.Raw
  default String t(@JStacheLambda.Raw String key) {
    return Html.escape(frame().text(key.strip()));
  }
}
