package dev.signet.domain.consent;

import java.io.Serializable;
import java.util.Objects;

/** The composite key of a consent, for JPA. */
class ConsentKey implements Serializable {
  private static final long serialVersionUID = 1L;

  private String userId;
  private String clientId;

  /** For JPA. */
  protected ConsentKey() {}

  ConsentKey(String userId, String clientId) {
    this.userId = userId;
    this.clientId = clientId;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConsentKey that
        && userId.equals(that.userId)
        && clientId.equals(that.clientId);
  }

  @Override
  public int hashCode() {
    return Objects.hash(userId, clientId);
  }
}
