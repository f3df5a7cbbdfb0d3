package dev.signet.domain.credential;

import dev.signet.base.settings.PasswordSettings;

/**
 * The parameters of an Argon2id hash (RFC 9106, section 3.1).
 *
 * @param memory in KiB
 * @param passes over the memory
 * @param lanes computed side by side
 * @param bytes the length of the hash
 */
public record HashParameters(int memory, int passes, int lanes, int bytes) {
  static HashParameters of(PasswordSettings settings, int bytes) {
    return new HashParameters(
        settings.memory(), settings.iterations(), settings.parallelism(), bytes);
  }

  /** Returns KiB times passes: a measure of the processor time. */
  long work() {
    return (long) memory * passes;
  }

  /** Whether hashes with both parameters cost the same. */
  boolean costsAsMuchAs(HashParameters other) {
    return memory == other.memory && passes == other.passes && lanes == other.lanes;
  }
}
