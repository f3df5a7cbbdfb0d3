package dev.signet.domain.consent;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.function.Consumer;

/** Consents in a transaction of the caller. */
public final class TestConsents {
  private TestConsents() {}

  public static Consents of(
      EntityManager entities, Clock clock, Consumer<ConsentWithdrawn> withdrawn) {
    return new Consents(entities, clock, withdrawn, event -> {});
  }
}
