package dev.signet.domain.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules for URIs that a client registers, and their comparison. A URI must be absolute, in
 * ASCII, without fragment, user information and wildcards, and without parts that parsers interpret
 * differently.
 */
final class RegisteredUri {
  private static final int MOST_CHARACTERS = 400;

  /** The identifier is a key of several tables. */
  private static final int MOST_CHARACTERS_OF_AN_ID = 256;

  private static final int MOST_PORT = 65_535;
  private static final Set<String> WEB_SCHEMES = Set.of("https", "http");

  /** Hosts that always denote the own computer, compared exactly. */
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  /** RFC 8252, section 7.1: a reversed domain name of the app's owner. */
  private static final Pattern APP_SCHEME =
      Pattern.compile("[a-z][a-z0-9+-]*(\\.[a-z0-9][a-z0-9+-]*)+");

  /** Printable ASCII without spaces and {@code *}. */
  private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x29\\x2B-\\x7E]+");

  /**
   * A domain name, whose last label is not a number: a host that ends with a number is an IP
   * address, in one of many notations.
   */
  private static final Pattern NAME =
      Pattern.compile("(.+\\.)?[a-zA-Z]([a-zA-Z0-9-]*[a-zA-Z0-9])?");

  private static final Pattern V4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
  private static final Pattern V6 = Pattern.compile("\\[[0-9a-fA-F:]+]");
  private static final Pattern LOOKALIKE =
      Pattern.compile("(localhost|\\d+(\\.\\d+){3})\\..+", Pattern.CASE_INSENSITIVE);

  /** Loopback addresses, with which any port is accepted (RFC 8252, section 7.3). */
  private static final Pattern LOOPBACK_ADDRESS =
      Pattern.compile("(http://(?:127\\.0\\.0\\.1|\\[::1]))(?::[0-9]{1,5})?((?:[/?].*)?)");

  /**
   * The name of the loopback interface, with which any port is accepted for a native client (RFC
   * 9700, section 2.1).
   */
  private static final Pattern LOOPBACK_NAME =
      Pattern.compile("(http://localhost)(?::[0-9]{1,5})?((?:[/?].*)?)");

  private RegisteredUri() {}

  /**
   * Whether a URI matches a registered one: exactly, except for the port of the loopback interface
   * (RFC 9700, section 4.1.3). With the host {@code localhost}, any port is accepted only for a
   * native client, because a web application in development has a fixed URL.
   */
  static boolean isSame(String registered, String asked, boolean isNative) {
    return registered.equals(asked)
        || differOnlyInPort(LOOPBACK_ADDRESS, registered, asked)
        || (isNative && differOnlyInPort(LOOPBACK_NAME, registered, asked));
  }

  private static boolean differOnlyInPort(Pattern loopback, String registered, String asked) {
    Matcher one = loopback.matcher(registered);
    Matcher other = loopback.matcher(asked);
    return one.matches()
        && other.matches()
        && one.group(1).equals(other.group(1))
        && one.group(2).equals(other.group(2));
  }

  /**
   * Whether users may be redirected to this URI: {@code https}, {@code http} on the loopback
   * interface for native apps and for development, or, for native apps, a private-use scheme (RFC
   * 8252, section 7; RFC 6749, section 3.1.2).
   */
  static boolean isRedirect(String text, boolean isNative) {
    return redirectFault(text, isNative).isEmpty();
  }

  /** Returns the reason why users may not be redirected to this URI; empty if they may. */
  static Optional<String> redirectFault(String text, boolean isNative) {
    Optional<String> fault = fault(text);
    return fault.isPresent() ? fault : redirectFault(URI.create(text), isNative);
  }

  private static Optional<String> redirectFault(URI uri, boolean isNative) {
    String scheme = uri.getScheme();
    if (WEB_SCHEMES.contains(scheme)) {
      return webFault(uri);
    }
    if (!APP_SCHEME.matcher(scheme).matches()) {
      return Optional.of(
          "must use https, or a private-use scheme that is a reversed domain name"
              + " (RFC 8252, section 7.1)");
    }
    return isNative
        ? Optional.empty()
        : Optional.of("has a private-use scheme, which requires application_type native");
  }

  /** Whether it is the URL of a page or an endpoint on the web. */
  static boolean isPage(String text) {
    return fault(text).isEmpty()
        && WEB_SCHEMES.contains(URI.create(text).getScheme())
        && webFault(URI.create(text)).isEmpty();
  }

  /**
   * Whether it can be the URL of a client ID metadata document: a page with a path
   * (draft-ietf-oauth-client-id-metadata-document, section 3).
   */
  static boolean isDocument(String text) {
    return text.length() <= MOST_CHARACTERS_OF_AN_ID
        && isPage(text)
        && !URI.create(text).getRawPath().isEmpty();
  }

  private static Optional<String> webFault(URI uri) {
    if (uri.getScheme().equals("http")) {
      return uri.getHost() != null && LOOPBACK.contains(uri.getHost())
          ? Optional.empty()
          : Optional.of("must use https: http is allowed only for localhost, 127.0.0.1 and [::1]");
    }
    return isHost(uri.getHost())
        ? Optional.empty()
        : Optional.of("has a host that is neither an ASCII domain name nor an IP address");
  }

  private static boolean isHost(String host) {
    return host != null
        && !LOOKALIKE.matcher(host).matches()
        && (NAME.matcher(host).matches()
            || V4.matcher(host).matches()
            || V6.matcher(host).matches());
  }

  private static Optional<String> fault(String text) {
    if (text.length() > MOST_CHARACTERS) {
      return Optional.of("has more than " + MOST_CHARACTERS + " characters");
    }
    if (!PLAIN.matcher(text).matches()) {
      return Optional.of("contains a space, an asterisk or a character outside printable ASCII");
    }
    try {
      return fault(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.of("is not a URI (RFC 3986)");
    }
  }

  private static Optional<String> fault(URI uri) {
    if (!uri.isAbsolute()) {
      return Optional.of("is not absolute: it has no scheme");
    }
    if (uri.getRawFragment() != null) {
      return Optional.of("has a fragment");
    }
    if (!uri.getScheme().equals(uri.getScheme().toLowerCase(Locale.ROOT))) {
      return Optional.of("has a scheme with uppercase letters");
    }
    if (!isAuthority(uri)) {
      return Optional.of("has user information, an encoded host or an invalid port");
    }
    return climbs(uri) ? Optional.of("has a . or .. segment in its path") : Optional.empty();
  }

  private static boolean isAuthority(URI uri) {
    String authority = uri.getRawAuthority();
    return authority == null
        || (!authority.contains("@")
            && !authority.contains("%")
            && !authority.endsWith(":")
            && uri.getPort() != 0
            && uri.getPort() <= MOST_PORT);
  }

  /** Whether its path has {@code .} or {@code ..} segments, plain or encoded. */
  private static boolean climbs(URI uri) {
    String path = uri.getPath();
    return path != null
        && Arrays.stream(path.split("[/\\\\]", -1))
            .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
  }
}
