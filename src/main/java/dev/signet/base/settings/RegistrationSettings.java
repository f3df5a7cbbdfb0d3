package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * How people and clients register.
 *
 * @param reveal what a registration may tell of others
 * @param clients which clients may register themselves
 * @param audience resource servers that tokens of such clients may be for when they name them
 * @param scope the names that such clients may ask for; absent, any
 */
public record RegistrationSettings(
    Reveal reveal, Clients clients, List<String> audience, Optional<Set<String>> scope) {

  /** RFC 6749, section 3.3, but for the comma, which separates as in other lists of settings. */
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x2B\\x2D-\\x5B\\x5D-\\x7E]+");

  private static final int LONGEST_SCOPE = 1_000;
  private static final int LONGEST_RESOURCE = 256;

  public RegistrationSettings {
    audience = List.copyOf(audience);
    scope = scope.map(Set::copyOf);
  }

  static RegistrationSettings read(SettingsReader reader) {
    return new RegistrationSettings(
        reader.choice("signet.registration.reveal", Reveal.NAMES, Reveal::setting),
        reader.choice("signet.registration.clients", Clients.TOKEN, Clients::setting),
        reader.list(
            "signet.registration.audience",
            "absolute URIs without a fragment, such as https://mcp.example.org, separated by commas",
            RegistrationSettings::resource),
        reader.parse(
            "signet.registration.scope",
            Optional.<Set<String>>empty(),
            "names separated by commas or spaces, such as openid profile mcp:tools",
            text -> Optional.of(scope(text))));
  }

  /** RFC 8707, section 2. */
  private static String resource(String text) {
    URI uri = URI.create(text);
    if (!uri.isAbsolute() || uri.getRawFragment() != null || text.length() > LONGEST_RESOURCE) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  private static Set<String> scope(String text) {
    Set<String> names = new TreeSet<>(List.of(text.split("[ ,]+", -1)));
    if (text.length() > LONGEST_SCOPE
        || !names.stream().allMatch(name -> SCOPE.matcher(name).matches())) {
      throw new IllegalArgumentException();
    }
    return names;
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
