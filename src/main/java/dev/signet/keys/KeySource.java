package dev.signet.keys;

import java.util.List;

/** Where the keys come from. Not for several threads at once, but for what it says of itself. */
interface KeySource {
  /**
   * Gets the keys at the start.
   *
   * @throws dev.signet.settings.InvalidSettings with a sentence that names the setting at fault
   */
  KeyRing load();

  /** Looks whether something changed; cheap, however often it is asked. */
  void update();

  /** The ring that holds now: the same object as long as it has the same keys. */
  KeyRing ring();

  /** Tells of all keys; for any number of threads. */
  List<RingKey> list();

  /**
   * Publishes a key that will sign after the next; for any number of threads.
   *
   * @throws dev.signet.problem.Refusal when this cannot be done, or not now
   */
  RingKey rotate();
}
