package dev.signet.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents link to files and headings that exist. */
class LinksTest {
  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
  private static final Pattern HTML_ID = Pattern.compile("\\bid=\"([^\"]+)\"");
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.…/])/(?:home|root|work|Users)/\\w+");

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    Map<Path, Set<String>> anchors = new HashMap<>();
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String link : links(page)) {
        URI target = URI.create(link);
        Path file =
            target.getPath().isEmpty() ? page : page.resolveSibling(target.getPath()).normalize();
        if (!Files.exists(file)) {
          broken.add(page + ": " + link);
        } else if (target.getFragment() != null) {
          if (!anchors.containsKey(file)) {
            anchors.put(file, anchors(file));
          }
          if (!anchors.get(file).contains(target.getFragment())) {
            broken.add(page + ": " + link);
          }
        }
      }
    }

    assertEquals(List.of(), broken);
  }

  @Test
  void everyDocumentIsLinkedFromAnotherOne() throws IOException {
    Set<Path> unlinked = new TreeSet<>(pages());
    unlinked.remove(Path.of("README.md"));
    for (Path page : pages()) {
      for (String link : links(page)) {
        Path target = page.resolveSibling(URI.create(link).getPath()).normalize();
        if (!target.equals(page)) {
          unlinked.remove(target);
        }
      }
    }

    assertEquals(Set.of(), unlinked);
  }

  @Test
  void noPageNamesAPathOfTheMachineItWasWrittenOn() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path page : pages()) {
      MACHINE_PATH
          .matcher(Files.readString(page))
          .results()
          .forEach(path -> found.add(page + ": " + path.group()));
    }

    assertEquals(List.of(), found);
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(""))) {
      files.filter(LinksTest::isPage).forEach(pages::add);
    }
    try (Stream<Path> files = Files.walk(Path.of("docs"))) {
      files.filter(LinksTest::isPage).forEach(pages::add);
    }
    return pages;
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".md");
  }

  private static List<String> links(Path page) throws IOException {
    String text = CODE_BLOCK.matcher(Files.readString(page)).replaceAll("");
    return LINK.matcher(CODE.matcher(text).replaceAll("code"))
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.matches("[a-z]+:.*"))
        .toList();
  }

  private static Set<String> anchors(Path file) throws IOException {
    String text = Files.readString(file);
    Set<String> anchors = new HashSet<>();
    HTML_ID.matcher(text).results().forEach(id -> anchors.add(id.group(1)));
    if (isPage(file)) {
      HEADING
          .matcher(CODE_BLOCK.matcher(text).replaceAll(""))
          .results()
          .forEach(heading -> anchors.add(anchor(heading.group(1))));
    }
    return anchors;
  }

  /** The anchor that GitHub gives to a heading. */
  private static String anchor(String heading) {
    return heading
        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }
}
