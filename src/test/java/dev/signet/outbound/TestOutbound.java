package dev.signet.outbound;

import dev.signet.settings.OutboundSettings;
import java.util.List;
import java.util.Set;

/** Requests of tests. */
public final class TestOutbound {
  private TestOutbound() {}

  /** Also to servers on this computer. */
  public static Outbound toLoopback() {
    return new Outbound(new OutboundSettings(Set.of("localhost"), List.of()));
  }

  /** As by default. */
  public static Outbound toPublicOnly() {
    return new Outbound(new OutboundSettings(Set.of(), List.of()));
  }
}
