package dev.signet.base.settings.reading;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code ${NAME}} and <code>${NAME:otherwise}</code> in texts with values from the
 * environment or another configuration source.
 */
public final class Placeholders {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_.-]*)(:([^}]*))?}");

  private final Function<String, Optional<String>> source;

  /** Creates placeholders with values from {@code source}. */
  public Placeholders(Function<String, Optional<String>> source) {
    this.source = source;
  }

  /**
   * Fills all placeholders of a text.
   *
   * @throws IllegalArgumentException whose message is the name of a placeholder without a value
   */
  public String fill(String text) {
    return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found)));
  }

  private String value(MatchResult found) {
    Optional<String> otherwise = Optional.ofNullable(found.group(3));
    return source
        .apply(found.group(1))
        .or(() -> otherwise)
        .orElseThrow(() -> new IllegalArgumentException(found.group(1)));
  }
}
