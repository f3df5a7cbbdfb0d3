package dev.signet.token;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A client is to be told that a session has ended. The statement that ends it makes the row. */
@Entity
@Table(name = "logout_notices")
public class LogoutNotice {
  @Id private long id;

  @Column(name = "client_id")
  private String clientId;

  /** The user's identifier, whatever the client knows them by. */
  @Column(name = "subject")
  private String userId;

  @Column(name = "session_id")
  private String sessionId;

  /** What the session was granted, as JSON; null if an older version has ended the session. */
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

  /** The sector that the client had at the login, if it is known ({@link Granted#sector}). */
  Optional<String> sector() {
    return Optional.ofNullable(granted).map(Granted::ofJson).flatMap(Granted::sector);
  }

  /** How often it was tried before. */
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
