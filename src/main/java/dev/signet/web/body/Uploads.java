package dev.signet.web.body;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.Settings.HttpSettings;
import dev.signet.base.wiring.Shared;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Reads request bodies with limits on their length, duration and number. A slow body occupies a
 * thread of the server, so that without these limits a few dozen clients that send nothing could
 * occupy all threads.
 */
@Shared
public class Uploads {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int CHUNK = 4096;

  private final HttpSettings settings;
  private final Semaphore places;

  @Inject
  Uploads(HttpSettings settings) {
    this.settings = settings;
    places = new Semaphore(settings.uploads());
  }

  /**
   * Reads a body completely. The server's own read timeout may end a read earlier.
   *
   * @param announcedLength the {@code Content-Length} header; may be null
   * @throws Refusal {@link Problem#TOO_LARGE}, {@link Problem#INCOMPLETE_BODY}, or {@link
   *     Problem#OVERLOADED} when too many bodies are being read
   */
  public byte[] read(String announcedLength, InputStream in) {
    if (announced(announcedLength) > settings.maxBody()) {
      throw tooLarge();
    }
    if (!places.tryAcquire()) {
      throw Refusal.retryAfter(
          Problem.OVERLOADED,
          "Too many request bodies are being received. Try again shortly.",
          RETRY_AFTER);
    }
    try {
      return read(in);
    } catch (IOException e) {
      throw incomplete();
    } finally {
      places.release();
    }
  }

  private byte[] read(InputStream in) throws IOException {
    long start = System.nanoTime();
    long patience = settings.uploadTimeout().toNanos();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    int length = 0;
    while (length >= 0) {
      body.write(chunk, 0, length);
      if (body.size() > settings.maxBody()) {
        throw tooLarge();
      }
      if (System.nanoTime() - start > patience) {
        throw incomplete();
      }
      length = in.read(chunk, 0, Math.min(CHUNK, settings.maxBody() + 1 - body.size()));
    }
    return body.toByteArray();
  }

  /** Returns the announced length; if it is malformed, reading enforces the limit. */
  private static long announced(String length) {
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private Refusal tooLarge() {
    return new Refusal(
        Problem.TOO_LARGE, "The body must have at most " + settings.maxBody() + " bytes.");
  }

  private static Refusal incomplete() {
    return new Refusal(Problem.INCOMPLETE_BODY, "The body was incomplete or arrived too slowly.");
  }
}
