package dev.signet.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of {@code docs/architecture} describe the packages and tables that there are. */
class ArchitecturePagesTest {
  private static final Pattern TABLE = Pattern.compile("(?m)^create table (\\w+)");
  private static final Pattern TABLE_ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| `(domain\\.\\w+)`");
  private static final Pattern ENTITY = Pattern.compile("@Table\\(name = \"(\\w+)\"\\)");

  /** Each entity is in the package of its table's owner; tables without an entity are named too. */
  @Test
  void eachTableOfTheDatabaseHasItsOwner() throws IOException {
    Map<String, String> owners = new TreeMap<>();
    TABLE_ROW
        .matcher(Files.readString(Path.of("docs", "architecture", "tables.md")))
        .results()
        .forEach(row -> owners.put(row.group(1), row.group(2)));
    Set<String> created = new TreeSet<>();
    for (Path migration : files("src/main/resources/db/migration", ".sql")) {
      TABLE
          .matcher(Files.readString(migration))
          .results()
          .forEach(table -> created.add(table.group(1)));
    }

    assertEquals(created, owners.keySet());
    for (Path file : files("src/main/java", ".java")) {
      Matcher entity = ENTITY.matcher(Files.readString(file));
      if (entity.find()) {
        assertEquals(packageOf(file), owners.get(entity.group(1)), entity.group(1));
      }
    }
  }

  @Test
  void eachPackageIsInTheOverview() throws IOException {
    String overview = Files.readString(Path.of("docs", "architecture", "overview.md"));
    List<String> missing = new ArrayList<>();
    for (Path file : files("src/main/java", "package-info.java")) {
      String name = packageOf(file);
      if (!name.isEmpty() && !overview.contains("`" + name + "`")) {
        missing.add(name);
      }
    }

    assertEquals(List.of(), missing);
  }

  private static List<Path> files(String directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(directory))) {
      return files.filter(path -> path.toString().endsWith(suffix)).toList();
    }
  }

  /** The name of a file's package below {@code dev.signet}. */
  private static String packageOf(Path file) {
    String name = Path.of("src/main/java").relativize(file.getParent()).toString();
    return name.replaceFirst("dev.signet.?", "").replaceAll("[/\\\\]", ".");
  }
}
