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
 * The registration of users and clients.
 *
 * @param reveal what a registration may reveal about other accounts
 * @param clients which clients may register dynamically
 * @param audience resource servers that such clients may request
 * @param scope the scopes that such clients may request; any if absent
 */
public record RegistrationSettings(
    Reveal reveal, Clients clients, List<String> audience, Optional<Set<String>> scope) {

  /** RFC 6749, section 3.3, except the comma, which separates entries as in other settings. */
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

  /** The clients that may register dynamically (RFC 7591). */
  public enum Clients {
    /** No clients. */
    OFF,
    /** Clients with an access token that permits it. */
    TOKEN,
    /** All clients. */
    OPEN;

    String setting() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a user learns about names and addresses of other accounts. */
  public enum Reveal {
    /** Neither that a username nor that an email address is taken. */
    NONE,
    /** That a username is taken, because usernames are public. */
    NAMES,
    /** That a username or an email address is taken. */
    ALL;

    String setting() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
