package dev.signet.base.oauth;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The scope of a token (RFC 6749, section 3.3): a set of names, shown in alphabetical order. */
public record Scope(Set<String> names) {
  public static final Scope NONE = new Scope(Set.of());

  /** Full access to Signet's own API on behalf of the user. */
  public static final String API = "api";

  /** An ID token, and the user's claims (OIDC Core, section 3.1.2.1). */
  public static final String OPENID = "openid";

  /** Access that continues after the user has logged out (OIDC Core, section 11). */
  public static final String OFFLINE = "offline_access";

  /** The maximum length of the union of two scopes, as stored in a consent. */
  private static final int MOST_CHARACTERS = 16_000;

  private static final Pattern NAME = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

  public Scope {
    names = Collections.unmodifiableSet(new TreeSet<>(names));
  }

  /**
   * Parses names separated by spaces; none for an empty text. RFC 6749, section 3.3, requires
   * single spaces, but clients that compose a scope send several, or leading or trailing ones.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  @JsonCreator
  public static Scope parse(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    Set<String> names = SpaceSeparated.read(text);
    if (names.isEmpty() || !names.stream().allMatch(name -> NAME.matcher(name).matches())) {
      throw new IllegalArgumentException("not a scope");
    }
    return new Scope(names);
  }

  /** Whether another scope contains all names of this one. */
  public boolean isWithin(Scope other) {
    return other.names.containsAll(names);
  }

  /** Returns the names in both scopes. */
  public Scope common(Scope other) {
    if (isWithin(other)) {
      return this;
    }
    Set<String> common = new TreeSet<>(names);
    common.retainAll(other.names);
    return new Scope(common);
  }

  /** Returns a copy that lacks a name. */
  public Scope without(String name) {
    if (!names.contains(name)) {
      return this;
    }
    Set<String> others = new TreeSet<>(names);
    others.remove(name);
    return new Scope(others);
  }

  /**
   * Returns the union of both, or, if it would be too long, the other one alone, which is the more
   * recent consent.
   */
  public Scope and(Scope other) {
    Set<String> both = new TreeSet<>(names);
    both.addAll(other.names);
    Scope sum = new Scope(both);
    return sum.toString().length() <= MOST_CHARACTERS ? sum : other;
  }

  @JsonValue
  @Override
  public String toString() {
    return String.join(" ", names);
  }
}
