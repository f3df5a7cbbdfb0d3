package org.example.clocks;

import dev.signet.base.wiring.Shared;
import dev.signet.domain.database.NodeClock;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.time.Instant;

/** The clock of a machine that is an hour ahead. */
@Shared
@Alternative
@Priority(1)
public class FastClock extends NodeClock {
  @Override
  public Instant instant() {
    return super.instant().plus(Duration.ofHours(1));
  }
}
