package dev.signet.datasource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded database has committed is on disk, whatever happens to the process. */
@Timeout(300)
class H2DurabilityTest {
  private static final int KILLS = 20;

  @TempDir private Path directory;

  /** Without a retention time, H2 writes into gaps of the file from the first commits on. */
  @Test
  void killedProcessLosesNothingThatItHasCommitted() throws Exception {
    Random rows = new Random(1);
    String url = "jdbc:h2:file:" + directory.resolve("signet");
    long committed = 0;
    for (int i = 0; i < KILLS; i++) {
      Writer writer = new Writer("-D" + SignetDataSource.URL + "=" + url + ";RETENTION_TIME=0");
      try {
        long found = writer.found();
        assertTrue(found >= committed, found + " of " + committed + " found, kill " + i);
        for (int row = 20 + rows.nextInt(60); row > 0; row--) {
          committed = writer.commit();
        }
      } finally {
        writer.kill();
      }
    }
  }

  /** A limit of the process on the size of its files stands for a full disk. */
  @Test
  void fullDiskRefusesCommitsAndEndsWhenThereIsRoom() throws Exception {
    String inDirectory = "-D" + SignetDataSource.DIRECTORY + "=" + directory;
    Writer writer = new Writer(inDirectory);
    long committed = writer.found();
    try {
      committed = writer.commit();
      assumeTrue(writer.limitFiles(Long.toString(Files.size(file()) + 100_000)));

      String answer = writer.write();
      while (answer.startsWith(WritingProcess.COMMITTED)) {
        committed++;
        answer = writer.write();
      }
      assertEquals(WritingProcess.REFUSED + "08007", answer);
      for (int i = 0; i < 3; i++) {
        assertTrue(writer.write().startsWith(WritingProcess.REFUSED));
      }

      assertTrue(writer.limitFiles("unlimited"));
      assertEquals(++committed, writer.commit());
    } finally {
      writer.kill();
    }
    Writer next = new Writer(inDirectory);
    try {
      assertEquals(committed, next.found());
    } finally {
      next.kill();
    }
    assertEquals(List.of("signet.mv.db"), List.of(directory.toFile().list()), "no trace file");
  }

  private Path file() {
    return directory.resolve("signet.mv.db");
  }

  /** A {@link WritingProcess} with one setting. */
  private static final class Writer {
    private final Process process;
    private final BufferedReader answers;
    private final OutputStream orders;

    Writer(String setting) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx128m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  setting,
                  WritingProcess.class.getName())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      answers =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      orders = process.getOutputStream();
    }

    long found() throws IOException {
      return number(WritingProcess.FOUND, answers.readLine());
    }

    long commit() throws IOException {
      return number(WritingProcess.COMMITTED, write());
    }

    String write() throws IOException {
      orders.write('.');
      orders.flush();
      return answers.readLine();
    }

    private static long number(String expected, String answer) {
      assertTrue(answer != null && answer.startsWith(expected), answer);
      return Long.parseLong(answer.substring(expected.length()));
    }

    /** Linux only. */
    boolean limitFiles(String bytes) throws InterruptedException {
      try {
        return new ProcessBuilder(
                    "prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":")
                .inheritIO()
                .start()
                .waitFor()
            == 0;
      } catch (IOException e) {
        return false;
      }
    }

    void kill() {
      process.destroyForcibly().onExit().join();
    }
  }
}
