package dev.signet.domain.audit;

import java.util.Locale;

/** The outcome of an event. */
public enum Outcome {
  SUCCESS,
  FAILURE;

  /** Returns the name in records: lower case. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }
}
