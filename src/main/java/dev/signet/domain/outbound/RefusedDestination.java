package dev.signet.domain.outbound;

import java.io.IOException;

/** The destination is not permitted: the address is internal, or the URL is not https. */
public final class RefusedDestination extends IOException {
  private static final long serialVersionUID = 1L;

  RefusedDestination(String message) {
    super(message);
  }
}
