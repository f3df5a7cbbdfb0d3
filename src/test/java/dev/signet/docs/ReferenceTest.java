package dev.signet.docs;

import dev.signet.base.problem.Problem;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of {@code docs/reference} have what the code has. */
class ReferenceTest {
  /** Each meter has a name, a help text and perhaps labels, all of them literals. */
  private static final Pattern METER =
      Pattern.compile(
          "\\b(counter|histogram|gauge)\\(\\s*\"(signet_\\w+)\",\\s*((?:\"[^\"]*\"[\\s,+]*)+)");

  private static final Pattern LITERAL = Pattern.compile("\"([^\"]*)\"");

  @Test
  void eachAuditEventHasItsOutcomeAndADescription() throws IOException {
    Map<String, List<String>> events = new LinkedHashMap<>();
    for (EventType type : EventType.values()) {
      events.put(code(type.slug()), List.of(type.outcome().name().toLowerCase(Locale.ROOT)));
    }
    Map<String, List<String>> reasons = new LinkedHashMap<>();
    Arrays.stream(Reason.values()).forEach(reason -> reasons.put(code(reason.slug()), List.of()));

    new ReferencePage("audit-events.md").check("Type", events);
    new ReferencePage("audit-events.md").check("Reason", reasons);
  }

  @Test
  void eachProblemTypeHasItsStatusAndItsTitle() throws IOException {
    Map<String, List<String>> types = new LinkedHashMap<>();
    for (Problem problem : Problem.values()) {
      types.put(
          "[`%1$s`](../../src/main/webapp/docs/problems.html#%1$s)".formatted(problem.slug()),
          List.of(String.valueOf(problem.status()), problem.title()));
    }

    new ReferencePage("problem-types.md").check("Type", types);
  }

  @Test
  void eachMetricHasItsTypeItsLabelsAndItsHelp() throws IOException {
    Map<String, List<String>> meters = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        METER.matcher(Files.readString(file)).results().forEach(meter -> add(meters, meter));
      }
    }

    new ReferencePage("metrics.md").check("Name", meters);
  }

  private static void add(Map<String, List<String>> meters, MatchResult meter) {
    String texts = meter.group(3).replaceAll("\"\\s*\\+\\s*\"", "");
    List<String> literals =
        new ArrayList<>(LITERAL.matcher(texts).results().map(text -> text.group(1)).toList());
    String help = literals.remove(0);
    String labels =
        literals.isEmpty()
            ? "none"
            : literals.stream().map(ReferenceTest::code).collect(Collectors.joining(", "));
    meters.put(code(meter.group(2)), List.of(meter.group(1), labels, help));
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
