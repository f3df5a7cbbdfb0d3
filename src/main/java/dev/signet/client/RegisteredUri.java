package dev.signet.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which URIs a client may register, and which ones are those. */
final class RegisteredUri {
  private static final int MOST_CHARACTERS = 400;
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  /** RFC 8252, section 7.1: a domain name of the app's owner, the other way round. */
  private static final Pattern APP_SCHEME = Pattern.compile("[a-z][a-z0-9+-]*(\\.[a-z0-9+-]+)+");

  /** What may have any port (RFC 8252, section 7.3): not {@code localhost}, which a name is. */
  private static final Pattern LOOPBACK_ADDRESS =
      Pattern.compile("(http://(?:127\\.0\\.0\\.1|\\[::1]))(?::[0-9]{1,5})?((?:[/?].*)?)");

  private RegisteredUri() {}

  /**
   * Whether it is what was registered: character by character, but for the port of a loopback
   * address.
   */
  static boolean isSame(String registered, String asked) {
    if (registered.equals(asked)) {
      return true;
    }
    Matcher one = LOOPBACK_ADDRESS.matcher(registered);
    Matcher other = LOOPBACK_ADDRESS.matcher(asked);
    return one.matches()
        && other.matches()
        && one.group(1).equals(other.group(1))
        && one.group(2).equals(other.group(2));
  }

  /**
   * Whether people may be sent there: {@code https}, {@code http} on the loopback interface, or,
   * for native apps, a scheme of the app's own (RFC 8252, section 7). No fragment (RFC 6749,
   * section 3.1.2), no user information.
   */
  static boolean isRedirect(String text, boolean isNative) {
    URI uri = parse(text);
    if (uri == null || uri.getRawUserInfo() != null) {
      return false;
    }
    return switch (uri.getScheme()) {
      case "https" -> uri.getHost() != null;
      case "http" -> uri.getHost() != null && LOOPBACK.contains(uri.getHost());
      default -> isNative && APP_SCHEME.matcher(uri.getScheme()).matches();
    };
  }

  /** Whether it is a page, or an endpoint, on the web. */
  static boolean isPage(String text) {
    URI uri = parse(text);
    return uri != null
        && uri.getHost() != null
        && uri.getRawUserInfo() == null
        && (uri.getScheme().equals("https") || isLoopback(uri));
  }

  private static boolean isLoopback(URI uri) {
    return uri.getScheme().equals("http") && LOOPBACK.contains(uri.getHost());
  }

  /** An absolute URI without a fragment, in lower case where case means nothing; or null. */
  private static URI parse(String text) {
    try {
      URI uri = new URI(text);
      boolean good =
          text.length() <= MOST_CHARACTERS
              && uri.isAbsolute()
              && uri.getRawFragment() == null
              && uri.getScheme().equals(uri.getScheme().toLowerCase(Locale.ROOT));
      return good ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
