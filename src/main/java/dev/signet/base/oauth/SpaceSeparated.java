package dev.signet.base.oauth;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * Lists of OAuth and OpenID Connect in one parameter, such as {@code scope}, {@code prompt} and
 * {@code acr_values}. The standards require one space between two entries; any number is accepted,
 * also leading and trailing ones.
 */
public final class SpaceSeparated {
  private SpaceSeparated() {}

  /** Returns the distinct entries in their order. */
  public static Set<String> read(String text) {
    Set<String> entries = new LinkedHashSet<>();
    StringTokenizer tokens = new StringTokenizer(text, " ");
    while (tokens.hasMoreTokens()) {
      entries.add(tokens.nextToken());
    }
    return entries;
  }
}
