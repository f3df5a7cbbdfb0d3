package dev.signet.web.caller;

import dev.signet.domain.jose.VerifiedToken;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The caller of a request: a verified access token with the claim types of MicroProfile JWT 2.1,
 * section "Claims Mapping". Without a token, all claims are absent.
 */
public final class CallerToken implements JsonWebToken {
  public static final CallerToken NONE = new CallerToken(null);

  private static final String CALLER = CallerToken.class.getName();
  private static final String COOKIE = CALLER + ".cookie";

  /** Cached, because the lookup of the provider costs more than building a value. */
  private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

  /**
   * The claims that are a {@code Long} or a {@code Boolean}; all others are JSON values or strings.
   */
  private static final Set<String> PLAIN =
      Arrays.stream(Claims.values())
          .filter(claim -> claim.getType() == Long.class || claim.getType() == Boolean.class)
          .map(Claims::name)
          .collect(Collectors.toUnmodifiableSet());

  private final VerifiedToken token;

  public CallerToken(VerifiedToken token) {
    this.token = token;
  }

  /** Returns the authenticated caller of the request. */
  public static Optional<CallerToken> of(HttpServletRequest request) {
    return Optional.ofNullable((CallerToken) request.getAttribute(CALLER));
  }

  /** Returns the caller's token if it was sent in a cookie. */
  public static Optional<VerifiedToken> cookie(HttpServletRequest request) {
    return Optional.ofNullable((VerifiedToken) request.getAttribute(COOKIE));
  }

  /** Keeps the caller with its request, for {@link #of}. */
  public void keepWith(HttpServletRequest request) {
    request.setAttribute(CALLER, this);
  }

  /** Keeps a token that was sent in a cookie with its request, for {@link #cookie}. */
  public static void keepCookie(HttpServletRequest request, VerifiedToken token) {
    request.setAttribute(COOKIE, token);
  }

  public VerifiedToken verified() {
    return token;
  }

  @Override
  public String getName() {
    return token == null ? null : token.name();
  }

  @Override
  public String getRawToken() {
    return token == null ? null : token.raw();
  }

  @Override
  public Set<String> getGroups() {
    return token == null ? null : token.groups();
  }

  /**
   * Returns seconds since 1970; 0 without a token, for which the default method of the interface
   * fails.
   */
  @Override
  public long getExpirationTime() {
    return token == null ? 0 : token.expiresAt();
  }

  @Override
  public long getIssuedAtTime() {
    return token == null ? 0 : (Long) token.claims().get("iat");
  }

  @Override
  public Set<String> getClaimNames() {
    if (token == null) {
      return null;
    }
    Set<String> names = new LinkedHashSet<>(token.claims().keySet());
    names.add("raw_token");
    return names;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface specifies
  public <T> T getClaim(String name) {
    return (T) value(name);
  }

  private Object value(String name) {
    if (token == null) {
      return null;
    }
    return switch (name) {
      case "raw_token" -> token.raw();
      case "groups" -> token.groups();
      case "aud" -> audience(token.claims().get(name));
      default -> {
        Object value = token.claims().get(name);
        boolean plain =
            value == null
                || value instanceof String
                || (PLAIN.contains(name) && (value instanceof Long || value instanceof Boolean));
        yield plain ? value : json(value);
      }
    };
  }

  private static Set<?> audience(Object value) {
    return value instanceof List<?> list ? new LinkedHashSet<>(list) : Set.of(value);
  }

  private static JsonValue json(Object value) {
    if (value instanceof Map<?, ?> map) {
      JsonObjectBuilder object = JSON.createObjectBuilder();
      map.forEach((key, item) -> object.add(String.valueOf(key), json(item)));
      return object.build();
    }
    if (value instanceof List<?> list) {
      JsonArrayBuilder array = JSON.createArrayBuilder();
      list.forEach(item -> array.add(json(item)));
      return array.build();
    }
    JsonArrayBuilder single = JSON.createArrayBuilder();
    if (value instanceof Long number) {
      single.add(number);
    } else if (value instanceof Double number) {
      single.add(number);
    } else if (value instanceof Boolean flag) {
      single.add(flag);
    } else {
      Optional.ofNullable(value).map(String::valueOf).ifPresentOrElse(single::add, single::addNull);
    }
    return single.build().get(0);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof CallerToken that
            && token != null
            && that.token != null
            && token.raw().equals(that.token.raw()));
  }

  @Override
  public int hashCode() {
    return token == null ? 0 : token.raw().hashCode();
  }

  @Override
  public String toString() {
    return "CallerToken[" + token + "]";
  }
}
