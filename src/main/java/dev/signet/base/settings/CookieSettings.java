package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The cookies of a session (RFC 6265bis).
 *
 * @param access name of the cookie with the access token
 * @param refresh name of the cookie with the refresh token
 * @param csrf name of the cookie that scripts read and repeat in a header
 * @param browser name of the cookie that identifies a browser on Signet's own pages
 * @param sameSite when browsers send the cookies with requests from other sites
 * @param renew an access token in a cookie with a shorter remaining lifetime is renewed; zero
 *     disables renewal
 */
public record CookieSettings(
    String access, String refresh, String csrf, String browser, SameSite sameSite, Duration renew) {

  private static final String RENEW = "signet.cookie.renew";
  private static final String REFRESH = "signet.cookie.refresh";
  private static final Duration USUAL_RENEWAL = Duration.ofMinutes(5);

  /** RFC 6265, section 4.1.1: a token of HTTP. */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");

  static CookieSettings read(SettingsReader reader, Duration tokenLifetime) {
    Duration third = tokenLifetime.dividedBy(3);
    CookieSettings cookies =
        new CookieSettings(
            name(reader, "signet.cookie.access", "__Host-signet-access"),
            name(reader, REFRESH, "__Secure-signet-refresh"),
            name(reader, "signet.cookie.csrf", "__Host-signet-csrf"),
            name(reader, "signet.cookie.browser", "__Host-signet-browser"),
            reader.choice("signet.cookie.same-site", SameSite.STRICT, SameSite::attribute),
            reader.duration(
                RENEW,
                third.compareTo(USUAL_RENEWAL) < 0 ? third : USUAL_RENEWAL,
                Duration.ZERO,
                Duration.ofHours(24)));
    if (cookies.renew.compareTo(tokenLifetime) >= 0) {
      reader.fault(RENEW + " must be less than signet.token.lifetime.");
    }
    if (cookies.refresh.toLowerCase(Locale.ROOT).startsWith("__host-")) {
      // Browsers accept that prefix only with the path "/", and this cookie has a narrower one.
      reader.fault(REFRESH + " must not begin with __Host-.");
    }
    if (Set.copyOf(List.of(cookies.access, cookies.refresh, cookies.csrf, cookies.browser)).size()
        < 4) {
      reader.fault(REFRESH + " and the names of the other cookies must differ.");
    }
    return cookies;
  }

  private static String name(SettingsReader reader, String key, String byDefault) {
    return reader.parse(
        key,
        byDefault,
        "a cookie name of at most 64 letters, digits, hyphens and underscores",
        value -> {
          if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException();
          }
          return value;
        });
  }

  /** The {@code SameSite} attribute. */
  public enum SameSite {
    STRICT("Strict"),
    LAX("Lax");

    private final String attribute;

    SameSite(String attribute) {
      this.attribute = attribute;
    }

    public String attribute() {
      return attribute;
    }
  }
}
