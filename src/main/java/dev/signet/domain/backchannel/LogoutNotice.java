package dev.signet.domain.backchannel;

import dev.signet.domain.session.Granted;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A pending notification of a client that a session has ended. The statement that ends the session
 * inserts the row.
 */
@Entity
@Table(name = "logout_notices")
public class LogoutNotice {
  @Id private long id;

  @Column(name = "client_id")
  private String clientId;

  /** The user's identifier, not the pairwise subject. */
  @Column(name = "subject")
  private String userId;

  @Column(name = "session_id")
  private String sessionId;

  /** The grant of the session, as JSON; null if an older version of Signet ended the session. */
  private String granted;

  private int attempts;

  @Column(name = "next_at")
  private OffsetDateTime nextAt;

  /** For JPA. */
  protected LogoutNotice() {}

  long id() {
    return id;
  }

  String clientId() {
    return clientId;
  }

  String userId() {
    return userId;
  }

  String sessionId() {
    return sessionId;
  }

  /** Returns the sector of the client at the login, if it is known ({@link Granted#sector}). */
  Optional<String> sector() {
    return Optional.ofNullable(granted).map(Granted::ofJson).flatMap(Granted::sector);
  }

  /** Returns the number of previous attempts. */
  int attempts() {
    return attempts;
  }

  OffsetDateTime nextAt() {
    return nextAt;
  }

  @Override
  public String toString() {
    return "LogoutNotice[" + id + "]";
  }
}
