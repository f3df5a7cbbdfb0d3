package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.time.Duration;

/**
 * How many passwords are hashed at the same time, and how much of the heap that may take.
 *
 * @param concurrency hashes computed at the same time
 * @param waiting requests that may wait for their turn; further ones are refused immediately
 * @param timeout how long a request may wait
 * @param memory KiB that all hashes together may take at the same time
 */
public record HashingSettings(int concurrency, int waiting, Duration timeout, int memory) {
  static final String CONCURRENCY = "signet.hashing.concurrency";

  /**
   * The hashing library keeps the same amount between two hashes; half of the heap remains for
   * everything else.
   */
  private static final int SHARE_OF_HEAP = 4;

  private static final int KIBIBYTE = 1024;

  /**
   * Reads the settings.
   *
   * @param heap the largest heap of this process, in bytes
   */
  static HashingSettings read(SettingsReader reader, PasswordSettings password, long heap) {
    int memory = (int) Math.min(heap / SHARE_OF_HEAP / KIBIBYTE, Integer.MAX_VALUE);
    int fitting = Math.max(1, memory / password.memory());
    int cores = Runtime.getRuntime().availableProcessors();
    int concurrency = reader.number(CONCURRENCY, Math.min(cores, fitting), 1, 1024);
    if ((long) concurrency * password.memory() > memory) {
      reader.fault(
          PasswordSettings.MEMORY
              + " times "
              + CONCURRENCY
              + " must be at most "
              + memory
              + " KiB, a quarter of the heap: lower one of them, or give the server a larger heap"
              + " (-Xmx).");
    }
    return new HashingSettings(
        concurrency,
        reader.number("signet.hashing.waiting", 16, 0, 10_000),
        reader.duration(
            "signet.hashing.timeout",
            Duration.ofSeconds(5),
            Duration.ofMillis(10),
            Duration.ofMinutes(1)),
        memory);
  }
}
