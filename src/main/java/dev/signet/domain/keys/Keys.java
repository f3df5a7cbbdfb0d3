package dev.signet.domain.keys;

import dev.signet.base.settings.KeySettings;
import dev.signet.base.settings.Settings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.audit.AuditLog;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;

/**
 * The current key ring. A change replaces the ring atomically, so that no request sees a partial
 * change or waits for one.
 */
@Shared
public class Keys {
  private static final Logger LOG = System.getLogger(Keys.class.getName());

  private final KeySource source;
  private volatile KeyRing ring;

  @Inject
  Keys(Settings settings, StoredKeys stored, Clock clock, AuditLog audit) {
    this(
        settings.keys().store() == KeySettings.Store.DATABASE
            ? new DatabaseKeys(settings, stored, clock, audit)
            : new ConfiguredKeys(settings, clock, audit));
  }

  Keys(KeySource source) {
    this.source = source;
  }

  /**
   * Loads the keys. Creates the first key of a database, so the schema must already exist.
   *
   * @throws dev.signet.base.settings.reading.InvalidSettings with a message that names the invalid
   *     setting
   */
  public synchronized void load() {
    ring = source.load();
    LOG.log(Level.INFO, "Tokens are signed by {0}", ring);
  }

  /** Returns the current ring. */
  public KeyRing ring() {
    KeyRing now = ring;
    if (now == null) {
      throw new IllegalStateException("the keys are not loaded yet");
    }
    return now;
  }

  /**
   * Applies changes by other nodes and by the passing of time: call it about once a second. Without
   * the database, it still applies changes due to time, and then throws.
   */
  public synchronized void refresh() {
    if (ring == null) {
      return;
    }
    try {
      source.update();
    } finally {
      KeyRing fresh = source.ring();
      if (fresh != ring) {
        ring = fresh;
        LOG.log(Level.INFO, "The keys have changed; tokens are now signed by {0}", fresh);
      }
    }
  }

  /** Lists all keys in the order of their creation. */
  public List<RingKey> list() {
    return source.list();
  }

  /**
   * Creates the next key. It is published now, and signs when all resource servers can have fetched
   * it.
   *
   * @throws dev.signet.base.problem.Refusal if a key is already waiting, or the keys are configured
   */
  public RingKey rotate() {
    RingKey made = source.rotate();
    refresh();
    return made;
  }
}
