package dev.signet.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A JVM that has run out of memory ends, so that its supervisor starts another: threads of a server
 * survive the error, and would leave a node that fails while its probes say UP.
 */
class ExhaustedMemoryTest {
  /** Of {@code -XX:+ExitOnOutOfMemoryError}. */
  private static final int EXITED = 3;

  @ParameterizedTest
  @ValueSource(strings = {"payara-config/jvm.options", "liberty-config/jvm.options"})
  void serverWithoutMemoryEnds(String options, @TempDir Path directory) throws Exception {
    assertEquals(EXITED, run(directory, List.of("@" + options)));
  }

  /** The guide tells operators of WildFly, which has no file of options, what to set. */
  @Test
  void guideNamesTheOptionForWildFly() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("docs", "operations", "wildfly.md"))) {
      assertTrue(
          lines.anyMatch(
              line -> line.contains("JAVA_OPTS") && line.contains("-XX:+ExitOnOutOfMemoryError")));
    }
  }

  /** Without the option, it would end by itself. */
  @Test
  void programOfThisTestSurvivesTheError(@TempDir Path directory) throws Exception {
    assertEquals(0, run(directory, List.of()));
  }

  private static int run(Path directory, List<String> options)
      throws IOException, InterruptedException {
    Path program = directory.resolve("Exhausted.java");
    Files.writeString(
        program,
        """
        class Exhausted {
          public static void main(String[] arguments) {
            try {
              java.util.List<byte[]> all = new java.util.ArrayList<>();
              while (true) {
                all.add(new byte[4 << 20]);
              }
            } catch (OutOfMemoryError e) {
              System.exit(0); // As a thread of a server goes on.
            }
          }
        }
        """);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-Xms96m", "-Xmx96m", "-Xmn32m", program.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("log").toFile())
        .start()
        .waitFor();
  }
}
