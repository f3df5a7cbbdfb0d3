package dev.signet.keys;

import dev.signet.audit.AuditLog;
import dev.signet.settings.KeySettings;
import dev.signet.settings.Settings;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;

/**
 * The key ring of this moment. A new ring replaces the old one as one object, so that whoever uses
 * it never sees half a change; no request waits for it.
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
   * Gets the keys ready. The first key of a database is made here, so its schema must be there.
   *
   * @throws dev.signet.settings.InvalidSettings with a sentence that names the setting at fault
   */
  public synchronized void load() {
    ring = source.load();
    LOG.log(Level.INFO, "Tokens are signed by {0}", ring);
  }

  /** The ring that holds now. */
  public KeyRing ring() {
    KeyRing now = ring;
    if (now == null) {
      throw new IllegalStateException("the keys are not loaded yet");
    }
    return now;
  }

  /**
   * Follows what others did to the keys, and the time: to be called about once a second. Does what
   * the time asks for even when the database is away, and then throws.
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

  /** All keys, in the order of their making. */
  public List<RingKey> list() {
    return source.list();
  }

  /**
   * Makes the next key: published now, and signing when everybody can know it.
   *
   * @throws dev.signet.problem.Refusal when one is waiting already, or the keys are configured
   */
  public RingKey rotate() {
    RingKey made = source.rotate();
    refresh();
    return made;
  }
}
