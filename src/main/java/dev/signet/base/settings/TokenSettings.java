package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * What access tokens say and how they are checked.
 *
 * @param issuer the {@code iss} claim
 * @param audience the {@code aud} claim; by default the issuer
 * @param lifetime from {@code iat} to {@code exp}
 * @param skew how far clocks may be apart when {@code exp}, {@code nbf} and {@code iat} are checked
 * @param type the {@code typ} header that is issued, unless a client has another; both are accepted
 * @param verifier who checks tokens
 * @param cache how many verified tokens are remembered
 */
public record TokenSettings(
    String issuer,
    String audience,
    Duration lifetime,
    Duration skew,
    Type type,
    Verifier verifier,
    int cache) {

  /** How far the clocks of two nodes may be apart, beside the skew of token checks. */
  public static final Duration CLOCKS_APART = Duration.ofSeconds(60);

  /** After this time, an access token that was issued until now is valid nowhere. */
  public Duration longestValidity() {
    return lifetime.plus(skew).plus(CLOCKS_APART);
  }

  static TokenSettings read(SettingsReader reader, URI issuer) {
    return new TokenSettings(
        issuer.toString(),
        reader.text("signet.token.audience", issuer.toString()),
        reader.duration(
            "signet.token.lifetime",
            Duration.ofMinutes(15),
            Duration.ofSeconds(10),
            Duration.ofHours(24)),
        reader.duration(
            "signet.token.skew", Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(60)),
        reader.choice("signet.token.type", Type.JWT, Type::header),
        reader.choice("signet.token.verifier", Verifier.SIGNET, Verifier::setting),
        reader.number("signet.token.cache", 10_000, 0, 1_000_000));
  }

  /** The {@code typ} header of access tokens. */
  public enum Type {
    /** What strict MicroProfile JWT runtimes accept. */
    JWT("JWT"),
    /** RFC 9068, section 2.1. */
    AT_JWT("at+jwt");

    private final String header;

    Type(String header) {
      this.header = header;
    }

    public String header() {
      return header;
    }

    public static Optional<Type> named(String header) {
      return Arrays.stream(values()).filter(type -> type.header.equals(header)).findFirst();
    }
  }

  /** Who checks the tokens of requests. */
  public enum Verifier {
    /** Signet's own mechanism, the same on every server. */
    SIGNET("signet"),
    /** The server's MicroProfile JWT, configured by {@code mp.jwt.*}. */
    CONTAINER("container");

    private final String setting;

    Verifier(String setting) {
      this.setting = setting;
    }

    String setting() {
      return setting;
    }
  }
}
