package dev.signet.domain.audit;

import java.util.Optional;

/**
 * A security event as reported; time, actor, source and request ID are added when it is recorded.
 * It must not contain a password, a token or another secret.
 *
 * @param subject the user concerned: an identifier, or a pseudonym for a name that was tried; at
 *     most 64 characters
 * @param client the identifier of an OAuth client
 * @param detail further information; at most 4,000 characters
 */
public record SecurityEvent(
    EventType type,
    Optional<Reason> reason,
    Optional<String> subject,
    Optional<String> client,
    Optional<String> detail) {

  /** The minimum length of a name whose first two characters are recorded. */
  private static final int LEAST_SHOWN = 6;

  public static SecurityEvent of(EventType type) {
    return new SecurityEvent(
        type, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  public static SecurityEvent of(EventType type, Reason reason) {
    return new SecurityEvent(
        type, Optional.of(reason), Optional.empty(), Optional.empty(), Optional.empty());
  }

  public SecurityEvent subject(String id) {
    return new SecurityEvent(type, reason, Optional.of(id), client, detail);
  }

  /**
   * Returns a copy with a pseudonym for an unknown name: its first two characters and its length,
   * enough to recognize a pattern. Users may type a password into the wrong field, and records are
   * read by administrators.
   */
  public SecurityEvent triedName(String name) {
    String begin = name.length() < LEAST_SHOWN ? "" : name.substring(0, 2);
    return subject(begin + "...(" + name.length() + ")");
  }

  public SecurityEvent client(String id) {
    return new SecurityEvent(type, reason, subject, Optional.of(id), detail);
  }

  public SecurityEvent detail(String words) {
    return new SecurityEvent(type, reason, subject, client, Optional.of(words));
  }
}
