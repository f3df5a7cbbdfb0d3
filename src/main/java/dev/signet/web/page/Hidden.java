package dev.signet.web.page;

/** A hidden field of a form. */
public record Hidden(String name, String value) {
  @Override
  public String toString() {
    return "Hidden[" + name + "]";
  }
}
