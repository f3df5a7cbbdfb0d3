package dev.signet.web;

import dev.signet.oauth.OAuthError;
import dev.signet.oauth.OAuthException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of an OAuth request, as RFC 6749, section 3.2, and appendix B have them: none
 * comes twice, one without a value counts as left out, unknown ones are ignored.
 *
 * @param values texts by name
 */
public record Form(Map<String, List<String>> values) {
  private static final int MOST = 100;

  /** RFC 8707, section 2. */
  private static final Set<String> REPEATABLE = Set.of("resource");

  /**
   * Parses a body of type {@code application/x-www-form-urlencoded}.
   *
   * @throws OAuthException {@link OAuthError#INVALID_REQUEST}
   */
  static Form parse(String text) {
    Map<String, List<String>> values = new HashMap<>();
    String[] pairs = text.split("&", MOST + 1);
    if (pairs.length > MOST) {
      throw refusal("There are too many parameters.");
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (value.isEmpty()) {
        continue;
      }
      List<String> all = values.computeIfAbsent(name, any -> new ArrayList<>(1));
      if (!all.isEmpty() && !REPEATABLE.contains(name)) {
        throw refusal("A parameter comes twice.");
      }
      all.add(value);
    }
    return new Form(values);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refusal("A parameter is not encoded as a form.");
    }
  }

  public Optional<String> text(String name) {
    return texts(name).stream().findFirst();
  }

  /**
   * Returns a parameter that must be there.
   *
   * @throws OAuthException {@link OAuthError#INVALID_REQUEST}
   */
  public String required(String name) {
    return text(name).orElseThrow(() -> refusal("The parameter " + name + " is missing."));
  }

  public List<String> texts(String name) {
    return values.getOrDefault(name, List.of());
  }

  private static OAuthException refusal(String description) {
    return new OAuthException(OAuthError.INVALID_REQUEST, description);
  }

  @Override
  public String toString() {
    return "Form" + values.keySet();
  }
}
