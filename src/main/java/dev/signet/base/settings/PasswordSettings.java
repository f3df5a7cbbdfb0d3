package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;

/**
 * The strength and hashing of passwords (Argon2id, RFC 9106).
 *
 * @param memory Argon2 memory in KiB
 * @param iterations Argon2 passes
 * @param parallelism Argon2 lanes
 * @param minScore the minimum zxcvbn score of a new password, 0 (anything) to 4 (very strong)
 */
public record PasswordSettings(int memory, int iterations, int parallelism, int minScore) {
  static final String MEMORY = "signet.password.memory";

  static PasswordSettings read(SettingsReader reader) {
    return new PasswordSettings(
        reader.number(MEMORY, 19_456, 1_024, 1_048_576),
        reader.number("signet.password.iterations", 2, 1, 100),
        reader.number("signet.password.parallelism", 1, 1, 16),
        reader.number("signet.password.score", 2, 0, 4));
  }

  /**
   * Whether hashes are cheaper to attack than with OWASP's weakest recommendation (7 MiB, five
   * passes).
   */
  public boolean isWeak() {
    return memory < 7_168 || (long) memory * iterations < 7_168L * 5;
  }
}
