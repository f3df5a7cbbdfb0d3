package dev.signet.web.body;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parameters of an OAuth request (RFC 6749, section 3.2 and appendix B). Parameters without a
 * value count as absent; unknown parameters are ignored.
 *
 * @param values values by name
 */
public record Form(Map<String, List<String>> values) {
  private static final int MOST = 100;

  /** The maximum length of a query that all servers accept together with the rest of a request. */
  private static final int LONGEST_LINK = 6_000;

  /** RFC 8707, section 2; RFC 8693, section 2.1. */
  private static final Set<String> REPEATABLE = Set.of("resource", "audience");

  /**
   * Parses a query, or a body of type {@code application/x-www-form-urlencoded}.
   *
   * @throws OAuthException {@link OAuthError#INVALID_REQUEST} if it is not form-encoded, or has
   *     more than 100 parameters
   */
  public static Form read(String text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    String[] pairs = text.split("&", MOST + 1);
    if (pairs.length > MOST) {
      throw refusal("The request has too many parameters.");
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (!value.isEmpty()) {
        values.computeIfAbsent(name, any -> new ArrayList<>(1)).add(value);
      }
    }
    return new Form(values);
  }

  /**
   * Parses a form as {@link #read} does, and refuses repeated parameters.
   *
   * @throws OAuthException {@link OAuthError#INVALID_REQUEST}
   */
  public static Form parse(String text) {
    return read(text).withoutRepeats();
  }

  /**
   * Refuses repeated parameters.
   *
   * @throws OAuthException {@link OAuthError#INVALID_REQUEST}
   */
  public Form withoutRepeats() {
    values.forEach(
        (name, all) -> {
          if (all.size() > 1 && !REPEATABLE.contains(name)) {
            throw refusal("A parameter is repeated.");
          }
        });
    return this;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refusal("A parameter is not form-encoded.");
    }
  }

  /** Returns the first value of a parameter. */
  public Optional<String> text(String name) {
    return texts(name).stream().findFirst();
  }

  /**
   * Returns the value of a required parameter.
   *
   * @throws OAuthException {@link OAuthError#INVALID_REQUEST}
   */
  public String required(String name) {
    return text(name).orElseThrow(() -> refusal("The parameter " + name + " is missing."));
  }

  public List<String> texts(String name) {
    return values.getOrDefault(name, List.of());
  }

  /**
   * Parses the query of a URL that a browser was redirected to.
   *
   * @throws OAuthException {@link OAuthError#INVALID_REQUEST}, also if it is longer than the
   *     servers accept
   */
  public static Form ofLink(String query) {
    return read(bounded(query));
  }

  /**
   * Returns the parameters as the query of a URL that a browser can be redirected to.
   *
   * @throws OAuthException {@link OAuthError#INVALID_REQUEST} if it is longer than the servers
   *     accept
   */
  public String asLink() {
    return bounded(encoded());
  }

  /** Whether a value, encoded, is short enough for the query of a redirect. */
  public static boolean fitsALink(String value) {
    return encode(value).length() <= LONGEST_LINK;
  }

  private static String bounded(String query) {
    if (query.length() > LONGEST_LINK) {
      throw refusal("The request is too long.");
    }
    return query;
  }

  /** Returns the parameters as a query, without empty ones. */
  public String encoded() {
    return values.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().stream()
                    .map(value -> encode(entry.getKey()) + "=" + encode(value)))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static OAuthException refusal(String description) {
    return new OAuthException(OAuthError.INVALID_REQUEST, description);
  }

  @Override
  public String toString() {
    return "Form" + values.keySet();
  }
}
