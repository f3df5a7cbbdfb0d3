package dev.signet.domain.keys;

import java.util.List;

/** The source of the keys. Not thread-safe, except where a method says so. */
interface KeySource {
  /**
   * Loads the keys at the start.
   *
   * @throws dev.signet.base.settings.reading.InvalidSettings with a message that names the invalid
   *     setting
   */
  KeyRing load();

  /** Checks for changes; calls are cheap, and may be frequent. */
  void update();

  /** Returns the current ring: the same object as long as it has the same keys. */
  KeyRing ring();

  /** Lists all keys. Thread-safe. */
  List<RingKey> list();

  /**
   * Publishes the next signing key. Thread-safe.
   *
   * @throws dev.signet.base.problem.Refusal if this is not possible, or not now
   */
  RingKey rotate();
}
