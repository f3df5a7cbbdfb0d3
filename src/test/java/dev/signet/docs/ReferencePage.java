package dev.signet.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page of {@code docs/reference} whose tables follow from the code. The code says which rows
 * there are and what their cells contain; a further column at the end is written by hand. With
 * {@code -Dsignet.docs.write=true} the page is corrected instead of compared.
 */
public final class ReferencePage {
  private static final boolean WRITE = Boolean.getBoolean("signet.docs.write");
  private static final String COMMAND =
      "Correct it by: mvn test -Dtest=*ReferenceTest -Dsignet.docs.write=true";

  private final Path file;

  public ReferencePage(String name) {
    this.file = Path.of("docs", "reference", name);
  }

  /**
   * Checks all tables of the page whose header has this first cell.
   *
   * @param rows the cells of each row by the first one
   */
  public void check(String header, Map<String, List<String>> rows) throws IOException {
    String text = Files.readString(file);
    String correct = corrected(List.of(text.split("\n", -1)), header, rows);
    if (WRITE) {
      Files.writeString(file, correct);
    } else {
      assertEquals(correct, text, () -> file + " differs from the code. " + COMMAND);
    }
    assertFalse(correct.contains("|  |"), () -> "A cell without a description in " + file);
  }

  private static String corrected(
      List<String> lines, String header, Map<String, List<String>> rows) {
    Map<String, List<String>> missing = new LinkedHashMap<>(rows);
    List<String> result = new ArrayList<>();
    int columns = 0;
    int end = 0;
    int width = 0;
    for (String line : lines) {
      List<String> cells = cells(line);
      if (cells.isEmpty()) {
        columns = 0;
      } else if (cells.get(0).equals(header)) {
        columns = cells.size();
      }
      boolean row = columns > 0 && !cells.get(0).equals(header) && !cells.get(0).startsWith("--");
      if (!row) {
        result.add(line);
      } else if (missing.containsKey(cells.get(0))) {
        result.add(line(cells.get(0), missing.remove(cells.get(0)), columns, cells));
      }
      if (columns > 0) {
        end = result.size();
        width = columns;
      }
    }
    for (Map.Entry<String, List<String>> row : missing.entrySet()) {
      result.add(end++, line(row.getKey(), row.getValue(), width, List.of()));
    }
    return String.join("\n", result);
  }

  private static String line(String key, List<String> cells, int columns, List<String> written) {
    List<String> all = new ArrayList<>(List.of(key));
    all.addAll(cells);
    if (all.size() < columns) {
      all.add(written.size() == columns ? written.get(columns - 1) : "");
    }
    return "| " + String.join(" | ", all) + " |";
  }

  private static List<String> cells(String line) {
    if (!line.startsWith("|")) {
      return List.of();
    }
    String[] cells = line.substring(1, line.lastIndexOf('|')).split("(?<!\\\\)\\|", -1);
    return Arrays.stream(cells).map(String::strip).toList();
  }
}
