package dev.signet.base.settings.reading;

import jakarta.ejb.ApplicationException;
import java.util.List;

/** The configuration is invalid. The message has one sentence per fault, which names the key. */
@ApplicationException(rollback = true)
public final class InvalidSettings extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidSettings(List<String> faults) {
    super(String.join(" ", faults));
  }

  public InvalidSettings(String fault) {
    super(fault);
  }

  public InvalidSettings(String fault, Throwable cause) {
    super(fault, cause);
  }
}
