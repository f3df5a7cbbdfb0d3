package dev.signet.domain.audit;

import java.util.Optional;

/**
 * Something that happened, as whoever saw it tells it; time, actor, source and correlation are
 * added when it is recorded. Never a password, a token or another secret.
 *
 * @param subject whom it concerns: the identifier of a user, or what is kept of a name that was
 *     tried; of at most 64 characters
 * @param client the identifier of an OAuth client
 * @param detail what else helps to understand it; at most 4,000 characters
 */
public record SecurityEvent(
    EventType type,
    Optional<Reason> reason,
    Optional<String> subject,
    Optional<String> client,
    Optional<String> detail) {

  /** Of a shorter name, two characters would be too much of it. */
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
   * Of a name that nobody has, its first two characters and its length: enough to see a pattern.
   * People type passwords into the wrong field, and what is recorded is read by others.
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
