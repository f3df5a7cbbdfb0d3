package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A third-party program. */
final class Script {
  private final ProcessBuilder program;

  Script(Path directory, String... command) {
    program =
        new ProcessBuilder(command)
            .directory(directory.toAbsolutePath().toFile())
            .redirectErrorStream(true);
  }

  /**
   * Runs a client of Signet to its end. It says what a person has to do, and is told what came of
   * it; see {@code src/test/interop}.
   */
  void run(Client client, Map<String, String> environment)
      throws IOException, InterruptedException {
    Guest visitor = Guest.registered(client);
    program.environment().putAll(environment);
    program.environment().put("ISSUER", System.getProperty(ServerSession.URL));
    Process process = program.start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader output =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter input =
            new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        said.append(line).append('\n');
        if (line.startsWith("open ")) {
          input.println(visitor.open(URI.create(line.substring("open ".length()))));
        } else if (line.startsWith("let-in ")) {
          visitor.letIn(URI.create(line.substring("let-in ".length())));
          input.println("done");
        }
      }
      assertEquals(0, process.waitFor(), said::toString);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Whether there is such a program, and it ends well within two minutes. */
  boolean succeeds() throws InterruptedException {
    return succeeds(Duration.ofMinutes(2), ProcessBuilder.Redirect.DISCARD);
  }

  /** Whether there is such a program, and it ends well in time; if not, it is ended. */
  boolean succeeds(Duration time, ProcessBuilder.Redirect output) throws InterruptedException {
    try {
      Process process = program.redirectOutput(output).start();
      try {
        return process.waitFor(time.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return false;
    }
  }
}
