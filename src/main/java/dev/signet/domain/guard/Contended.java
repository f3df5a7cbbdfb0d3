package dev.signet.domain.guard;

import jakarta.ejb.ApplicationException;

/** Another transaction has just inserted the same row; a second attempt finds it. */
@ApplicationException(rollback = true)
final class Contended extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Contended() {
    super(null, null, false, false);
  }
}
