package dev.signet.domain.outbound;

import java.io.IOException;

/** Signet does not go there: the address is inside, or not asked for by https. */
public final class RefusedDestination extends IOException {
  private static final long serialVersionUID = 1L;

  RefusedDestination(String message) {
    super(message);
  }
}
