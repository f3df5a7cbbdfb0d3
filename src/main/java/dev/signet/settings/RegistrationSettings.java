package dev.signet.settings;

import java.util.Locale;

/**
 * How people register.
 *
 * @param reveal what a registration may tell of others
 */
public record RegistrationSettings(Reveal reveal) {
  static RegistrationSettings read(SettingsReader reader) {
    return new RegistrationSettings(
        reader.choice("signet.registration.reveal", Reveal.NAMES, Reveal::setting));
  }

  /** What people are told of what another account has already. */
  public enum Reveal {
    /** Neither that a username is taken nor that an email address is. */
    NONE,
    /** That a username is taken, for these are public handles. */
    NAMES,
    /** Both. */
    ALL;

    String setting() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
