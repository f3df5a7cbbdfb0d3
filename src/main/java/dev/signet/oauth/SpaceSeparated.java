package dev.signet.oauth;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lists of OAuth and OpenID Connect in one parameter, such as {@code scope}, {@code prompt} and
 * {@code acr_values}. The standards have one space between two entries; any number is accepted,
 * also around them.
 */
public final class SpaceSeparated {
  private SpaceSeparated() {}

  /** The entries in their order, each once. */
  public static Set<String> read(String text) {
    return Arrays.stream(text.split(" +"))
        .filter(entry -> !entry.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
