package dev.signet.web.browser;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads and writes cookies as text, because the servers' own classes accept different values and
 * attributes.
 */
final class Cookies {
  private Cookies() {}

  /** Returns all values of a cookie name; a browser can have several, for different paths. */
  static List<String> values(HttpServletRequest request, String name) {
    List<String> values = new ArrayList<>(1);
    for (String line : Collections.list(request.getHeaders(HttpHeaders.COOKIE))) {
      for (String pair : line.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals >= 0 && pair.substring(0, equals).strip().equals(name)) {
          String value = pair.substring(equals + 1).strip();
          if (!value.isEmpty()) {
            values.add(value);
          }
        }
      }
    }
    return values;
  }

  /** Returns a value of {@code Set-Cookie} up to the attribute {@code SameSite}. */
  static String cookie(String name, String value, String path, Duration age) {
    return name
        + "="
        + value
        + "; Path="
        + path
        + "; Max-Age="
        + age.toSeconds()
        + "; Secure; SameSite=";
  }
}
