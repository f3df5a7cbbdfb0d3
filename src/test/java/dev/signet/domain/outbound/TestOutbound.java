package dev.signet.domain.outbound;

import dev.signet.base.settings.OutboundSettings;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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

  /** Posts go to a test: it has the address, and gives the status or nothing. */
  public static Outbound answering(Function<URI, Optional<Integer>> statuses) {
    return new Outbound(new OutboundSettings(Set.of(), List.of())) {
      @Override
      public Answer post(URI uri, Map<String, String> form) throws IOException {
        return new Answer(
            statuses.apply(uri).orElseThrow(() -> new IOException("no answer")), "", Map.of());
      }
    };
  }
}
