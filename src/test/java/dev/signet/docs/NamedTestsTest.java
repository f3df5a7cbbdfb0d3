package dev.signet.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents name tests that exist. */
class NamedTestsTest {
  private static final List<Path> PAGES =
      List.of(
          Path.of("docs", "security", "threats.md"),
          Path.of("docs", "guides", "flask-jwt-extended.md"),
          Path.of("docs", "architecture", "tables.md"));

  /** A class, a class with a method, or another method of the class before it. */
  private static final Pattern NAMED =
      Pattern.compile("`(?:([A-Z]\\w*(?:Flow|Test|IT|Contract))(?:\\.(\\w+)…?)?|…([a-z]\\w+))`");

  @Test
  void everyNamedTestExists() throws IOException {
    Map<String, String> sources = sources();
    List<String> missing = new ArrayList<>();
    for (Path page : PAGES) {
      for (String line : Files.readAllLines(page)) {
        missing.addAll(missing(line, sources));
      }
    }

    assertFalse(sources.isEmpty());
    assertEquals(List.of(), missing);
  }

  private static List<String> missing(String line, Map<String, String> sources) {
    List<String> missing = new ArrayList<>();
    String type = "";
    Matcher named = NAMED.matcher(line);
    while (named.find()) {
      type = named.group(1) == null ? type : named.group(1);
      String method = named.group(2) == null ? named.group(3) : named.group(2);
      String source = sources.getOrDefault(type, "");
      if (source.isEmpty() || (method != null && !source.contains(" void " + method))) {
        missing.add(type + "." + method);
      }
    }
    return missing;
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
    return sources;
  }
}
