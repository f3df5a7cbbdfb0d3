package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The content and verification of access tokens.
 *
 * @param issuer the {@code iss} claim
 * @param audience the {@code aud} claim; by default the issuer
 * @param lifetime from {@code iat} to {@code exp}
 * @param skew the allowed clock skew when {@code exp}, {@code nbf} and {@code iat} are checked
 * @param type the {@code typ} header of issued tokens, unless the client has a different one; both
 *     are accepted
 * @param verifier which component verifies tokens
 * @param cache the number of verified tokens that are cached
 */
public record TokenSettings(
    String issuer,
    String audience,
    Duration lifetime,
    Duration skew,
    Type type,
    Verifier verifier,
    int cache) {

  /**
   * How far the clocks of two nodes may differ, in addition to the clock skew of token
   * verification.
   */
  public static final Duration CLOCKS_APART = Duration.ofSeconds(60);

  /** Returns the time after which no access token issued until now is valid anywhere. */
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
    /** The type that strict MicroProfile JWT runtimes accept. */
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

  /** The component that verifies the tokens of requests. */
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
