package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A document with commands ({@code $ …} in blocks of the kind {@code console}) and what they print.
 * Identifiers, times and lifetimes are not compared, and {@code …} stands for any text. Where the
 * document shows nothing, the command must not be refused.
 *
 * @param page the document
 * @param names what a run needs instead of the names in the document
 */
record Guide(Path page, Map<String, String> names) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\n(.*?)^```");
  private static final Pattern VARYING =
      Pattern.compile(
          "\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b"
              + "|\\b[A-Z]{4}-[A-Z]{4}\\b"
              + "|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z"
              + "|(?<=\"(?:expires_in|client_id_issued_at)\":)\\d+"
              + "|(?<=\"next\":)(?:null|\"[^\"]+\")");

  private static final Pattern REFUSAL = Pattern.compile("\"error\":|\"status\":[45]");

  /** Variables that a reader copies from a response, which has them as these members. */
  private static final Map<String, String> COPIED =
      Map.of("SECRET", "client_secret", "DEVICE_CODE", "device_code");

  private record Step(String command, String shown) {}

  /** Runs all commands in one shell, which has these variables, and compares what they print. */
  void run(Map<String, String> variables) throws IOException, InterruptedException {
    List<Step> steps = steps();
    assertFalse(steps.isEmpty(), page::toString);
    Path directory = Files.createTempDirectory(Path.of("target"), "guide");
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < steps.size(); i++) {
      script.append("{ ").append(steps.get(i).command()).append("\n} > ").append(i).append('\n');
      for (Map.Entry<String, String> copied : COPIED.entrySet()) {
        script.append(
            "found=$(sed -n 's/.*\"%s\":\"\\([^\"]*\\).*/\\1/p' %d); %s=${found:-$%3$s}\n"
                .formatted(copied.getValue(), i, copied.getKey()));
      }
    }
    Files.writeString(directory.resolve("script"), inRun(script.toString()));
    ProcessBuilder bash =
        new ProcessBuilder("bash", "script")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("messages").toFile());
    bash.environment().putAll(variables);
    assertEquals(0, bash.start().waitFor(), page::toString);
    for (int i = 0; i < steps.size(); i++) {
      String printed = Files.readString(directory.resolve(String.valueOf(i)));
      Step step = steps.get(i);
      boolean shown =
          step.shown().isBlank()
              ? !REFUSAL.matcher(printed).find()
              : pattern(step.shown()).matcher(comparable(inDocument(printed))).matches();
      assertTrue(shown, () -> page + ": " + step.command() + "\nprinted " + printed);
    }
  }

  private List<Step> steps() throws IOException {
    List<Step> steps = new ArrayList<>();
    BLOCK
        .matcher(Files.readString(page))
        .results()
        .flatMap(block -> Arrays.stream(block.group(1).split("(?m)^\\$ ", -1)))
        .filter(text -> !text.isBlank())
        .forEach(text -> steps.add(step(text)));
    return steps;
  }

  /** A command goes on in the next line after a backslash, or within quotes. */
  private static Step step(String text) {
    int end = text.indexOf('\n');
    while (text.charAt(end - 1) == '\\' || quotes(text.substring(0, end)) % 2 == 1) {
      end = text.indexOf('\n', end + 1);
    }
    return new Step(text.substring(0, end), text.substring(end));
  }

  private static long quotes(String text) {
    return text.chars().filter(c -> c == '\'').count();
  }

  private static Pattern pattern(String shown) {
    return Pattern.compile(
        Arrays.stream(comparable(shown).split("…", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")));
  }

  private static String comparable(String text) {
    return VARYING.matcher(text.strip()).replaceAll("varies");
  }

  private String inRun(String text) {
    String result = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      result = result.replace(name.getKey(), name.getValue());
    }
    return result;
  }

  private String inDocument(String text) {
    String result = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      result = result.replace(name.getValue(), name.getKey());
    }
    return result;
  }
}
