package dev.signet.client;

import dev.signet.base.settings.Settings;
import dev.signet.keys.TestKeys;
import java.util.Optional;

/** What clients of a Signet in tests may ask for. */
final class TestAlgorithms {
  private static final Algorithms RS256 =
      new Algorithms(TestKeys.idTokens(Settings.read(key -> Optional.empty()).token()));

  private TestAlgorithms() {}

  /** With an RSA key. */
  static Algorithms rs256() {
    return RS256;
  }
}
