package dev.signet.token;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

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
