package dev.signet.web.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.Settings.HttpSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UploadsTest {
  private static final int LIMIT = 10_000;

  private final Uploads uploads = uploads(Duration.ofMinutes(1));

  @Test
  void bodyIsReadToItsEndUpToTheLimit() {
    byte[] most = "x".repeat(LIMIT).getBytes(UTF_8);

    assertArrayEquals(most, uploads.read(null, new ByteArrayInputStream(most)));
    assertArrayEquals(new byte[0], uploads.read("0", InputStream.nullInputStream()));
    assertRefused(Problem.TOO_LARGE, uploads, null, new ByteArrayInputStream(new byte[LIMIT + 1]));
  }

  @Test
  void bodyThatIsAnnouncedTooLongIsNotRead() {
    assertRefused(Problem.TOO_LARGE, uploads, "10001", new Broken());
    assertRefused(Problem.INCOMPLETE_BODY, uploads, "10000", new Broken());
  }

  @Test
  void bodyThatEndsInAnErrorIsIncomplete() {
    assertRefused(Problem.INCOMPLETE_BODY, uploads, null, new Broken());
  }

  @Test
  void bodyThatTricklesLongerThanAllowedIsIncomplete() {
    assertRefused(Problem.INCOMPLETE_BODY, uploads(Duration.ofNanos(1)), null, new Trickle());
  }

  @Test
  void noMoreThanTheAllowedNumberAreReadAtATime() {
    Refusal refusal = assertThrows(Refusal.class, () -> uploads.read(null, new Another(uploads)));

    assertEquals(Problem.OVERLOADED, refusal.problem());
    assertEquals(Optional.of(Duration.ofSeconds(1)), refusal.retryAfter());
    // The place is free again.
    assertArrayEquals(new byte[0], uploads.read(null, InputStream.nullInputStream()));
  }

  private static Uploads uploads(Duration timeout) {
    return new Uploads(new HttpSettings(LIMIT, 1, timeout));
  }

  private static void assertRefused(
      Problem problem, Uploads uploads, String length, InputStream body) {
    assertEquals(problem, assertThrows(Refusal.class, () -> uploads.read(length, body)).problem());
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("The connection is gone");
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      throw new IOException("The connection is gone");
    }
  }

  /** Gives one byte at a time. */
  private static final class Trickle extends InputStream {
    @Override
    public int read() {
      return ' ';
    }

    @Override
    public int read(byte[] into, int from, int length) {
      into[from] = ' ';
      return 1;
    }
  }

  /** A body during which another one comes. */
  private static final class Another extends InputStream {
    private final Uploads uploads;

    Another(Uploads uploads) {
      this.uploads = uploads;
    }

    @Override
    public int read() {
      return uploads.read(null, InputStream.nullInputStream()).length;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      return read();
    }
  }
}
