package dev.signet.web.page;

import io.jstach.jstache.JStacheLambda;

/** What a page shows; its template finds the members by their names. */
public interface Page {
  /** What it has in common with the others. */
  Frame frame();

  /** Its heading. */
  String title();

  /** The whole page. Whatever is not part of a template is escaped. */
  String html();

  /** A text of the page's language by its key, for templates. */
  @JStacheLambda
  @JStacheLambda.Raw
  default String t(@JStacheLambda.Raw String key) {
    return Html.escape(frame().text(key.strip()));
  }
}
