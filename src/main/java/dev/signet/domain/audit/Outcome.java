package dev.signet.domain.audit;

import java.util.Locale;

/** How what an event tells of has ended. */
public enum Outcome {
  SUCCESS,
  FAILURE;

  /** Its name in records: lower case. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }
}
