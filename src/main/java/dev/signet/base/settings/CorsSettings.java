package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The origins whose pages may call the API (CORS).
 *
 * @param origins as browsers write them in the {@code Origin} header; none by default
 */
public record CorsSettings(Set<String> origins) {
  public CorsSettings {
    origins = Set.copyOf(origins);
  }

  static CorsSettings read(SettingsReader reader) {
    return new CorsSettings(
        reader.parse(
            "signet.cors.origins",
            Set.<String>of(),
            "origins such as https://app.example.org, separated by commas, without * and null",
            CorsSettings::parse));
  }

  /** Returns the origin of a URL as browsers write it (RFC 6454, section 6.2). */
  public static String originOf(URI url) {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    boolean usualPort = url.getPort() < 0 || url.getPort() == (scheme.equals("https") ? 443 : 80);
    return scheme
        + "://"
        + url.getHost().toLowerCase(Locale.ROOT)
        + (usualPort ? "" : ":" + url.getPort());
  }

  private static Set<String> parse(String list) {
    Set<String> origins = new LinkedHashSet<>();
    Arrays.stream(list.split(",", -1)).map(CorsSettings::parseOne).forEach(origins::add);
    return origins;
  }

  private static String parseOne(String text) {
    try {
      URI url = new URI(text.strip());
      boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      if (!web
          || url.getHost() == null
          || url.getRawUserInfo() != null
          || !url.getRawPath().isEmpty()
          || url.getRawQuery() != null
          || url.getRawFragment() != null) {
        throw new IllegalArgumentException();
      }
      return originOf(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
