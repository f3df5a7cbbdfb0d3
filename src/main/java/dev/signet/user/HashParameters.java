package dev.signet.user;

import dev.signet.settings.PasswordSettings;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an Argon2id hash costs, as its PHC string says (RFC 9106, section 3.1).
 *
 * @param memory in KiB
 * @param passes over the memory
 * @param lanes computed side by side
 * @param bytes the length of the hash
 */
record HashParameters(int memory, int passes, int lanes, int bytes) {
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9]\\d{0,6}),t=([1-9]\\d{0,2}),p=([1-9]\\d?)"
              + "\\$[A-Za-z0-9+/]{11,86}\\$([A-Za-z0-9+/]{22,172})");

  /** Returns the parameters of a hash, or nothing if the text is not an Argon2id hash. */
  static Optional<HashParameters> of(String hash) {
    Matcher phc = PHC.matcher(hash);
    return phc.matches()
        ? Optional.of(
            new HashParameters(
                Integer.parseInt(phc.group(1)),
                Integer.parseInt(phc.group(2)),
                Integer.parseInt(phc.group(3)),
                length(phc.group(4))))
        : Optional.empty();
  }

  static HashParameters of(PasswordSettings settings, int bytes) {
    return new HashParameters(
        settings.memory(), settings.iterations(), settings.parallelism(), bytes);
  }

  /** KiB times passes: what a hash takes of a processor. */
  long work() {
    return (long) memory * passes;
  }

  /** Whether hashes of both cost the same. */
  boolean costsAsMuchAs(HashParameters other) {
    return memory == other.memory && passes == other.passes && lanes == other.lanes;
  }

  /** Base64 without padding. */
  private static int length(String base64) {
    return base64.length() * 3 / 4;
  }
}
