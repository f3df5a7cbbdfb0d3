package dev.signet.domain.keys;

import dev.signet.base.settings.TokenSettings;
import dev.signet.domain.keys.RingKey.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The states of the stored keys at a time: a function of the rows and the time alone, so that nodes
 * agree without communication.
 *
 * @param keys all rows, ordered by generation
 * @param outlasts how long a key verifies access tokens after its successor started to sign
 * @param remembered how long its public part verifies ID token hints after that time; not shorter
 */
record Timetable(List<SigningKey> keys, Duration outlasts, Duration remembered) {
  Timetable {
    keys = List.copyOf(keys);
  }

  /** Returns the keys of the ring with their states, ordered by generation. */
  List<RingKey> at(Instant now) {
    int signing = signing(now);
    List<RingKey> states = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      if (i < signing && isOver(i, now)) {
        continue;
      }
      SigningKey key = keys.get(i);
      Optional<Instant> retiredAt = retiredAt(i);
      states.add(
          new RingKey(
              key.id(),
              key.algorithm(),
              i < signing ? State.RETIRED : i == signing ? State.SIGNING : State.PUBLISHED,
              Optional.of(key.publishedAt()),
              Optional.of(key.signsFrom()),
              retiredAt,
              retiredAt.map(end -> end.plus(outlasts))));
    }
    return states;
  }

  /** Returns the keys of the ring: the signing key, future signing keys, then retired keys. */
  List<SigningKey> ring(Instant now) {
    int signing = signing(now);
    List<SigningKey> ring = new ArrayList<>(keys.subList(signing, keys.size()));
    for (int i = signing - 1; i >= 0; i--) {
      if (!isOver(i, now)) {
        ring.add(keys.get(i));
      }
    }
    return ring;
  }

  /** Returns the keys that have left the ring and only verify ID token hints. */
  List<SigningKey> remembered(Instant now) {
    List<SigningKey> former = new ArrayList<>();
    for (int i = 0; i < signing(now); i++) {
      if (isOver(i, now) && !isForgotten(i, now)) {
        former.add(keys.get(i));
      }
    }
    return former;
  }

  /** Whether a published key does not sign yet. */
  boolean isOneWaiting(Instant now) {
    return !keys.isEmpty() && last().signsFrom().isAfter(now);
  }

  /** Whether the last key has reached its maximum signing time. */
  boolean isRotationDue(Instant now, Duration rotation) {
    return !rotation.isZero()
        && !keys.isEmpty()
        && !now.isBefore(last().signsFrom().plus(rotation));
  }

  /** Returns a copy with one more key. */
  Timetable with(SigningKey next) {
    List<SigningKey> more = new ArrayList<>(keys);
    more.add(next);
    return new Timetable(more, outlasts, remembered);
  }

  /** Returns the generation of the next key. */
  int next() {
    return keys.isEmpty() ? 1 : last().generation() + 1;
  }

  /** Returns keys that no longer sign on any node, but still have their private part. */
  List<SigningKey> withUselessSecret(Instant now) {
    List<SigningKey> useless = new ArrayList<>();
    for (int i = 0; i < signing(now); i++) {
      // A node with a slow clock may still sign with it.
      boolean everywhere =
          !now.isBefore(keys.get(i + 1).signsFrom().plus(TokenSettings.CLOCKS_APART));
      if (everywhere && keys.get(i).hasSecret()) {
        useless.add(keys.get(i));
      }
    }
    return useless;
  }

  /** Returns the identifiers of keys that no longer verify anything. */
  List<String> forgotten(Instant now) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < signing(now); i++) {
      if (isForgotten(i, now)) {
        ids.add(keys.get(i).id());
      }
    }
    return ids;
  }

  /**
   * Returns the index of the last key whose signing time has started; for a slow clock, that of the
   * first key with a private part.
   */
  private int signing(Instant now) {
    int signing = 0;
    for (int i = 1; i < keys.size(); i++) {
      boolean begun = !keys.get(i).signsFrom().isAfter(now);
      if (begun || !keys.get(signing).hasSecret()) {
        signing = i;
      }
    }
    return signing;
  }

  /** Whether the last access token of a key has expired. */
  private boolean isOver(int index, Instant now) {
    return isRetiredFor(outlasts, index, now);
  }

  private boolean isForgotten(int index, Instant now) {
    return isRetiredFor(remembered, index, now);
  }

  private boolean isRetiredFor(Duration time, int index, Instant now) {
    return retiredAt(index).filter(end -> !now.isBefore(end.plus(time))).isPresent();
  }

  private Optional<Instant> retiredAt(int index) {
    return index + 1 < keys.size()
        ? Optional.of(keys.get(index + 1).signsFrom())
        : Optional.empty();
  }

  private SigningKey last() {
    return keys.get(keys.size() - 1);
  }
}
