package dev.signet.base.settings.reading;

import dev.signet.datasource.RawValues;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads settings as text and turns them into typed values. Faults are collected, so that the
 * operator sees all of them at once.
 */
public final class SettingsReader {
  private final Function<String, Optional<String>> source;
  private final List<String> faults = new ArrayList<>();
  private final Map<String, Setting> known = new LinkedHashMap<>();
  private final Map<String, String> demanded = new HashMap<>();
  private String demandedBy = "";

  /**
   * The entry of a key in the configuration reference.
   *
   * @param values the accepted values, as described in the message of a fault
   * @param byDefault the default value
   */
  public record Setting(String values, String byDefault) {
    private static final String NONE = "none";
    private static final Setting TEXT = new Setting("text", NONE);
    private static final Setting SECRET = new Setting("secret text", NONE);
    private static final Setting FILE = new Setting("a file path", NONE);

    private static String shown(Object byDefault) {
      if (byDefault instanceof Optional<?> optional) {
        return optional.map(Setting::shown).orElse(NONE);
      }
      String text = String.valueOf(byDefault);
      return text.equals("[]") || text.equals("{}") ? NONE : text;
    }
  }

  public SettingsReader(Function<String, Optional<String>> source) {
    this.source = source;
  }

  /**
   * Requires values for keys that are read after this call: they become the defaults, and any other
   * value is a fault.
   *
   * @param by the setting that requires them
   */
  public void demand(String by, Map<String, String> values) {
    demandedBy = by;
    demanded.putAll(values);
  }

  public Optional<String> text(String key) {
    Optional<String> set = configured(key);
    String value = demanded.get(key);
    if (value == null) {
      return set;
    }
    if (set.filter(other -> !other.equals(value)).isPresent()) {
      fault(demandedBy + " needs " + key + "=" + value + ": remove the other value.");
    }
    return Optional.of(value);
  }

  private Optional<String> configured(String key) {
    known.putIfAbsent(key, Setting.TEXT);
    return source.apply(key).map(String::strip).filter(value -> !value.isEmpty());
  }

  public String text(String key, String byDefault) {
    known.put(key, new Setting(Setting.TEXT.values, byDefault));
    return text(key).orElse(byDefault);
  }

  /** Reads a secret, including spaces, or the content of the file that {@code key.file} names. */
  public Optional<String> secret(String key) {
    known.put(key, Setting.SECRET);
    known.put(RawValues.fileOf(key), Setting.FILE);
    try {
      return RawValues.secret(source, key);
    } catch (IllegalArgumentException e) {
      fault(e.getMessage());
      return Optional.empty();
    }
  }

  public boolean flag(String key, boolean byDefault) {
    return parse(
        key,
        byDefault,
        "true or false",
        value ->
            switch (value.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException();
            });
  }

  public int number(String key, int byDefault, int least, int most) {
    return parse(
        key,
        byDefault,
        "a whole number from " + least + " to " + most,
        value -> within(Integer.valueOf(value), least, most));
  }

  public Duration duration(String key, Duration byDefault, Duration least, Duration most) {
    return parse(
        key,
        byDefault,
        "an ISO 8601 duration from " + least + " to " + most + ", such as " + byDefault,
        value -> within(Duration.parse(value), least, most));
  }

  public <E extends Enum<E>> E choice(String key, E byDefault, Function<E, String> name) {
    E[] all = byDefault.getDeclaringClass().getEnumConstants();
    List<String> names = List.of(all).stream().map(name).toList();
    return parse(
        key,
        byDefault,
        name.apply(byDefault),
        "one of " + String.join(", ", names),
        value -> {
          int index = names.indexOf(value);
          if (index < 0) {
            throw new IllegalArgumentException();
          }
          return all[index];
        });
  }

  /**
   * Reads an absolute http or https URL without query and fragment, and removes a trailing slash.
   */
  public URI url(String key, URI byDefault) {
    return parse(
        key,
        byDefault,
        "an http or https URL without user, query and fragment, such as https://id.example.org",
        SettingsReader::parseUrl);
  }

  public Path path(String key, String byDefault) {
    known.put(key, new Setting(Setting.FILE.values, byDefault));
    return path(key).orElseGet(() -> Path.of(byDefault).toAbsolutePath().normalize());
  }

  public Optional<Path> path(String key) {
    known.putIfAbsent(key, Setting.FILE);
    return text(key)
        .flatMap(
            value -> {
              try {
                return Optional.of(Path.of(value).toAbsolutePath().normalize());
              } catch (InvalidPathException e) {
                fault(key + " must be a file path.");
                return Optional.empty();
              }
            });
  }

  /** Reads values separated by commas; none by default. */
  public <T> List<T> list(String key, String expected, Function<String, T> parser) {
    return parse(
        key,
        List.of(),
        expected,
        value -> Arrays.stream(value.split(",", -1)).map(String::strip).map(parser).toList());
  }

  public void fault(String sentence) {
    faults.add(sentence);
  }

  /** Adds keys that another package reads, so that they count as known. */
  public void readElsewhere(String... keys) {
    List.of(keys).forEach(key -> known.putIfAbsent(key, Setting.TEXT));
  }

  /** Returns the keys that were read so far, in this order. */
  public Map<String, Setting> known() {
    return known;
  }

  /**
   * Detects environment variables that set a known key but are missing in the source, for example
   * because a server converts the key to upper case by the rules of a Turkish locale. An ignored
   * setting could be {@code SIGNET_PRODUCTION}.
   *
   * @param environment all environment variables
   */
  public void refuseHidden(Map<String, String> environment) {
    List<String> hidden =
        known.keySet().stream()
            .filter(key -> !environment.getOrDefault(variable(key), "").isBlank())
            .filter(key -> text(key).isEmpty())
            .map(SettingsReader::variable)
            .sorted()
            .toList();
    if (!hidden.isEmpty()) {
      fault(
          "The application server hides these environment variables from its configuration: "
              + String.join(", ", hidden)
              + ". Start Java with -Duser.language=en, or set system properties instead.");
    }
  }

  /** Returns the environment variable for a key (MicroProfile Config 3.0, section 5.3.1). */
  public static String variable(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  public void refuseIfFaulty() {
    if (!faults.isEmpty()) {
      throw new InvalidSettings(faults);
    }
  }

  /** Reads a value with a parser. */
  public <T> T parse(String key, T byDefault, String expected, Function<String, T> parser) {
    return parse(key, byDefault, Setting.shown(byDefault), expected, parser);
  }

  /** Reads a value with a parser; the default has its own description. */
  public <T> T parse(
      String key, T byDefault, String shown, String expected, Function<String, T> parser) {
    known.put(key, new Setting(expected, shown));
    return text(key)
        .map(
            value -> {
              try {
                return parser.apply(value);
              } catch (IllegalArgumentException | DateTimeParseException e) {
                // The value is not repeated: it could be a secret put under the wrong key.
                fault(key + " must be " + expected + ".");
                return byDefault;
              }
            })
        .orElse(byDefault);
  }

  private static <T extends Comparable<T>> T within(T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  private static URI parseUrl(String value) {
    try {
      URI url = new URI(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
      boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      if (!web
          || url.getHost() == null
          || url.getRawUserInfo() != null
          || url.getRawQuery() != null
          || url.getRawFragment() != null) {
        throw new IllegalArgumentException();
      }
      return url;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
