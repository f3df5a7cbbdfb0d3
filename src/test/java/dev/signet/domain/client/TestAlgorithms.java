package dev.signet.domain.client;

import dev.signet.base.settings.Settings;
import dev.signet.domain.keys.TestKeys;
import java.util.Optional;

/** What clients of a Signet in tests may ask for. */
public final class TestAlgorithms {
  private static final Algorithms RS256 =
      new Algorithms(TestKeys.idTokens(Settings.read(key -> Optional.empty()).token()));

  private TestAlgorithms() {}

  /** With an RSA key. */
  public static Algorithms rs256() {
    return RS256;
  }
}
