package dev.signet.domain.guard;

import jakarta.ejb.ApplicationException;

/** Another transaction has just made the same row; a second try finds it. */
@ApplicationException(rollback = true)
final class Contended extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Contended() {
    super(null, null, false, false);
  }
}
