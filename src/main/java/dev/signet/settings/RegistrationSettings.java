package dev.signet.settings;

import java.util.Locale;

/**
 * How people and clients register.
 *
 * @param reveal what a registration may tell of others
 * @param clients which clients may register themselves
 */
public record RegistrationSettings(Reveal reveal, Clients clients) {
  static RegistrationSettings read(SettingsReader reader) {
    return new RegistrationSettings(
        reader.choice("signet.registration.reveal", Reveal.NAMES, Reveal::setting),
        reader.choice("signet.registration.clients", Clients.TOKEN, Clients::setting));
  }

  /** Which clients may register themselves (RFC 7591). */
  public enum Clients {
    /** None. */
    OFF,
    /** Those with an access token that allows it. */
    TOKEN,
    /** All. */
    OPEN;

    String setting() {
      return name().toLowerCase(Locale.ROOT);
    }
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
