package dev.signet.base.settings;

import java.util.List;
import java.util.Optional;

/** Settings of tests that need one group of them. */
public final class TestSettings {
  private TestSettings() {}

  /** Registrations without further limits. */
  public static RegistrationSettings registration(RegistrationSettings.Reveal reveal) {
    return new RegistrationSettings(
        reveal, RegistrationSettings.Clients.TOKEN, List.of(), Optional.empty());
  }
}
