package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The appearance and texts of the pages for users.
 *
 * @param name what the service calls itself
 * @param logo an {@code https} address, or an image as a {@code data:} address
 * @param color of buttons and links, as {@code #rrggbb}
 * @param colorDark the color for users who prefer a dark color scheme; by default {@code color}
 * @param terms address of the terms of service
 * @param privacy address of the privacy policy
 * @param scopes descriptions of scopes in English, by scope name
 * @param scopesGerman descriptions of scopes in German; by default the English ones
 */
public record BrandSettings(
    String name,
    Optional<String> logo,
    Optional<String> color,
    Optional<String> colorDark,
    Optional<String> terms,
    Optional<String> privacy,
    Map<String, String> scopes,
    Map<String, String> scopesGerman) {

  private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final Pattern IMAGE =
      Pattern.compile("data:image/(png|jpeg|gif|webp|svg\\+xml);base64,[A-Za-z0-9+/=]+");
  private static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]{1,100}");

  public BrandSettings {
    scopes = Map.copyOf(scopes);
    scopesGerman = Map.copyOf(scopesGerman);
  }

  static BrandSettings read(SettingsReader reader) {
    Optional<String> color = color(reader, "signet.brand.color");
    return new BrandSettings(
        reader.parse(
            "signet.brand.name", "Signet", "1 to 100 characters", text -> matched(TEXT, text)),
        reader.parse(
            "signet.brand.logo",
            Optional.<String>empty(),
            "an https URL, or a data: URL of an image in base64",
            text ->
                Optional.of(text.startsWith("data:") ? matched(IMAGE, text) : page(text, true))),
        color,
        color(reader, "signet.brand.color.dark").or(() -> color),
        page(reader, "signet.brand.terms"),
        page(reader, "signet.brand.privacy"),
        scopes(reader, "signet.brand.scopes"),
        scopes(reader, "signet.brand.scopes.de"));
  }

  /** Returns the origin of the logo, unless it is a data: URL. */
  public Optional<String> logoOrigin() {
    return logo.filter(url -> url.startsWith("https:"))
        .map(url -> CorsSettings.originOf(URI.create(url)));
  }

  private static Optional<String> color(SettingsReader reader, String key) {
    return reader.parse(
        key,
        Optional.<String>empty(),
        "a color such as #1f5fbf",
        text -> Optional.of(matched(COLOR, text)));
  }

  private static Optional<String> page(SettingsReader reader, String key) {
    return reader.parse(
        key,
        Optional.<String>empty(),
        "an http or https URL",
        text -> Optional.of(page(text, false)));
  }

  private static String page(String text, boolean secure) {
    try {
      URI url = new URI(text);
      boolean web = "https".equals(url.getScheme()) || (!secure && "http".equals(url.getScheme()));
      if (!web || url.getHost() == null || url.getRawUserInfo() != null) {
        throw new IllegalArgumentException();
      }
      return text;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Map<String, String> scopes(SettingsReader reader, String key) {
    return reader.parse(
        key,
        Map.<String, String>of(),
        "scopes with their texts, such as orders:read=See your orders; orders:write=Order for you",
        BrandSettings::scopes);
  }

  private static Map<String, String> scopes(String list) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String entry : Arrays.stream(list.split(";", -1)).map(String::strip).toList()) {
      int equals = entry.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException();
      }
      String text = matched(TEXT, entry.substring(equals + 1).strip());
      if (texts.put(entry.substring(0, equals).strip(), text) != null) {
        throw new IllegalArgumentException();
      }
    }
    return texts;
  }

  private static String matched(Pattern pattern, String text) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException();
    }
    return text;
  }
}
