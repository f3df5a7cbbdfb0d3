package dev.signet.domain.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.Seal;
import dev.signet.base.settings.KeySettings;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.base.wiring.Clocks;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The key ring that the nodes share through the database. Nodes read it often enough to know a key
 * before it signs, and the unique generation ensures that only one of them creates the next key.
 */
final class DatabaseKeys implements KeySource {
  private static final Logger LOG = System.getLogger(DatabaseKeys.class.getName());
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(5);

  private final KeySettings settings;
  private final StoredKeys stored;
  private final Clock clock;
  private final AuditLog audit;
  private final Seal seal;
  private final Duration outlasts;
  private final Duration remembered;
  private final Duration interval;

  private Timetable timetable;
  private Instant readAt = Instant.EPOCH;
  private List<List<String>> shape = List.of();
  private KeyRing ring;

  /** Set by a rotation on this node, so that it takes effect immediately. */
  private volatile boolean stale;

  DatabaseKeys(Settings settings, StoredKeys stored, Clock clock, AuditLog audit) {
    this.settings = settings.keys();
    this.stored = stored;
    this.clock = clock;
    this.audit = audit;
    seal = new Seal(settings.keys().encryption().orElseThrow());
    outlasts = settings.token().longestValidity();
    remembered = remembered(outlasts, settings.session().lifetime());
    Duration quarter = settings.keys().waiting().dividedBy(4);
    interval = quarter.compareTo(LONGEST_INTERVAL) < 0 ? quarter : LONGEST_INTERVAL;
  }

  /**
   * How long ID token hints of a retired key are accepted: as long as a browser session can last in
   * which such an ID token was issued (RP-Initiated Logout 1.0, section 2).
   */
  private static Duration remembered(Duration outlasts, Duration session) {
    Duration hints = session.plus(TokenSettings.CLOCKS_APART);
    return hints.compareTo(outlasts) > 0 ? hints : outlasts;
  }

  @Override
  public KeyRing load() {
    read();
    if (timetable.keys().isEmpty()) {
      try {
        publish(make(1, Duration.ZERO));
      } catch (Refusal e) {
        LOG.log(Level.DEBUG, "Another node created the first key");
      }
      read();
    }
    return ring();
  }

  @Override
  public void update() {
    Duration age = Duration.between(readAt, clock.instant());
    // The clock can step back together with that of the database.
    if (!stale && !age.isNegative() && age.compareTo(interval) < 0) {
      return;
    }
    read();
    Instant now = Clocks.now(clock);
    for (SigningKey key : timetable.withUselessSecret(now)) {
      String publicHalf = open(key).toPublicJWK().toJSONString();
      stored.eraseSecret(key.id(), seal.seal(key.id(), publicHalf));
    }
    List<String> forgotten = timetable.forgotten(now);
    if (!forgotten.isEmpty()) {
      stored.delete(forgotten);
    }
    if (timetable.isRotationDue(now, settings.rotation())) {
      try {
        rotate();
      } catch (Refusal e) {
        LOG.log(Level.DEBUG, "Another node created the next key");
      }
      read();
    }
  }

  @Override
  public KeyRing ring() {
    Instant now = clock.instant();
    List<SigningKey> keys = timetable.ring(now);
    List<SigningKey> former = timetable.remembered(now);
    List<List<String>> wanted = List.of(ids(keys), ids(former));
    if (!wanted.equals(shape)) {
      try {
        ring =
            new KeyRing(
                keys.stream().map(this::open).toList(), former.stream().map(this::open).toList());
      } catch (JOSEException e) {
        throw new IllegalStateException("A key in the database is damaged", e);
      }
      shape = wanted;
    }
    return ring;
  }

  private static List<String> ids(List<SigningKey> keys) {
    return keys.stream().map(SigningKey::id).toList();
  }

  @Override
  public List<RingKey> list() {
    return table().at(clock.instant());
  }

  @Override
  public RingKey rotate() {
    Timetable table = table();
    if (table.isOneWaiting(Clocks.now(clock))) {
      throw new Refusal(
          Problem.ROTATION_REFUSED,
          "A new key is already waiting. Try again after it starts to sign.");
    }
    SigningKey next = make(table.next(), settings.waiting());
    publish(next);
    stale = true;
    List<RingKey> states = table.with(next).at(next.publishedAt());
    return states.get(states.size() - 1);
  }

  private void publish(SigningKey key) {
    stored.add(key);
    audit.record(
        SecurityEvent.of(EventType.KEY_ROTATED)
            .detail("key " + key.id() + " signs from " + key.signsFrom()));
  }

  private void read() {
    // An unavailable database is not queried more often than an available one.
    readAt = clock.instant();
    stale = false;
    timetable = table();
  }

  private Timetable table() {
    return new Timetable(stored.all(), outlasts, remembered);
  }

  private SigningKey make(int generation, Duration wait) {
    JWK key = Signatures.generate(settings.algorithm(), settings.bits());
    // The time is taken after the key is generated, as the search for primes must not shorten the
    // wait.
    Instant publishedAt = Clocks.now(clock);
    return new SigningKey(
        key.getKeyID(),
        generation,
        Signatures.algorithm(key).getName(),
        seal.seal(key.getKeyID(), key.toJSONString()),
        publishedAt,
        publishedAt.plus(wait));
  }

  private JWK open(SigningKey row) {
    try {
      return JWK.parse(seal.open(row.id(), row.sealedKey()));
    } catch (GeneralSecurityException e) {
      throw new InvalidSettings(
          KeySettings.ENCRYPTION + " is not the key that encrypts the keys in the database.", e);
    } catch (ParseException e) {
      throw new IllegalStateException("A key in the database is damaged", e);
    }
  }
}
