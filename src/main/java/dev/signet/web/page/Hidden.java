package dev.signet.web.page;

/** A field of a form that nobody sees: what the page has to repeat. */
public record Hidden(String name, String value) {
  @Override
  public String toString() {
    return "Hidden[" + name + "]";
  }
}
