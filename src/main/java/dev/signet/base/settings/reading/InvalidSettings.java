package dev.signet.base.settings.reading;

import jakarta.ejb.ApplicationException;
import java.util.List;

/** The configuration cannot be used; the message has one sentence a fault, each naming its key. */
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
