package dev.signet.domain.revocation;

import dev.signet.base.wiring.Shared;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.domain.revocation.RevocationLog.Part;
import dev.signet.domain.revocation.RevocationLog.Position;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All current revocations, in memory: no request reads them from the database. Revocations of this
 * node take effect immediately, those of other nodes after the next {@link #catchUp}.
 */
@Shared
public class Revocations {
  /** The group that may read the signed feed, besides administrators. */
  public static final String RESOURCE_SERVER = "resource-server";

  private static final int PART = 5_000;

  private final RevocationLog log;
  private final Clock clock;
  private final Map<String, Instant> sessions = new ConcurrentHashMap<>();
  private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
  private final Map<String, Mark> users = new ConcurrentHashMap<>();

  /** Used by {@link #catchUp} only, one thread at a time. */
  private Position position = Position.START;

  /**
   * The revocation of a user's tokens.
   *
   * @param notBefore seconds since 1970
   */
  private record Mark(long notBefore, Instant expiresAt) {
    Mark and(Mark other) {
      return new Mark(Math.max(notBefore, other.notBefore), later(expiresAt, other.expiresAt));
    }
  }

  @Inject
  public Revocations(RevocationLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Whether a token was revoked. */
  public boolean cover(VerifiedToken token) {
    String session = token.session().orElse(null);
    if ((session != null && sessions.containsKey(session)) || tokens.containsKey(token.id())) {
      return true;
    }
    Mark mark = users.get(token.subject());
    if (mark == null) {
      return false;
    }
    // Sessions are revoked one by one, so a new session may start within the same second.
    return token.issuedAt() < mark.notBefore()
        || (token.issuedAt() == mark.notBefore() && session == null);
  }

  /** Reads new revocations, and removes expired ones. */
  public synchronized void catchUp() {
    Part part;
    do {
      part = log.read(position, PART);
      part.revocations().forEach(this::add);
      position = part.next();
    } while (!part.isLast());
    Instant now = clock.instant();
    sessions.values().removeIf(end -> !end.isAfter(now));
    tokens.values().removeIf(end -> !end.isAfter(now));
    users.values().removeIf(mark -> !mark.expiresAt().isAfter(now));
  }

  public void revoked(@Observes(during = TransactionPhase.AFTER_SUCCESS) Revoked event) {
    event.revocations().forEach(this::add);
  }

  private void add(Revocation revocation) {
    String subject = revocation.subject();
    Instant end = revocation.expiresAt();
    switch (revocation.kind()) {
      case SESSION -> sessions.merge(subject, end, Revocations::later);
      case TOKEN -> tokens.merge(subject, end, Revocations::later);
      case USER ->
          users.merge(subject, new Mark(revocation.notBefore().orElseThrow(), end), Mark::and);
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  @Override
  public String toString() {
    return "Revocations["
        + sessions.size()
        + " sessions, "
        + users.size()
        + " users, "
        + tokens.size()
        + " tokens]";
  }
}
