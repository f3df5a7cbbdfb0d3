package dev.signet.domain.code;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.Scope;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.domain.session.Granted;
import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * A stored device authorization that waits for the user's decision. Every change locks the row
 * first, so that polls and the decision are serialized.
 */
@Entity
@Table(name = "device_codes")
@NamedQuery(
    name = DeviceCode.USER,
    query =
        "select u from User u where u.id = (select d.userId from DeviceCode d where d.hash = :hash)",
    lockMode = LockModeType.PESSIMISTIC_WRITE)
class DeviceCode {
  /** Finds and locks the user of a code. */
  static final String USER = "DeviceCode.user";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int INTERVAL = (int) DeviceCodes.INTERVAL.toSeconds();

  private static final String PENDING = "pending";
  private static final String GRANTED = "granted";
  private static final String DENIED = "denied";
  private static final String USED = "used";

  private record Requested(Scope scope, List<String> audience) {}

  @Id private String hash;

  @Column(name = "user_code")
  private String userCode;

  @Column(name = "client_id")
  private String clientId;

  private String requested;

  private String state;

  @Column(name = "user_id")
  private String userId;

  @Column(name = "browser_id")
  private String browserId;

  private String granted;

  @Column(name = "poll_after")
  private OffsetDateTime pollAfter;

  @Column(name = "poll_every")
  @Basic
  private int pollEvery;

  @Column(name = "expires_at")
  private OffsetDateTime expiresAt;

  /** For JPA. */
  protected DeviceCode() {}

  DeviceCode(OpaqueToken code, UserCode userCode, DeviceRequest request, OffsetDateTime now) {
    hash = code.hash();
    this.userCode = userCode.hash();
    clientId = request.clientId();
    requested = write(new Requested(request.scope(), request.audience()));
    state = PENDING;
    pollEvery = INTERVAL;
    pollAfter = now;
    expiresAt = now.plus(DeviceCodes.LIFETIME);
  }

  /** Whether the user can still decide. */
  boolean isOpen(OffsetDateTime now) {
    return state.equals(PENDING) && now.isBefore(expiresAt);
  }

  void grant(String user, Granted what, Optional<String> browser) {
    state = GRANTED;
    userId = user;
    granted = what.toJson();
    browserId = browser.orElse(null);
  }

  void deny(String user) {
    state = DENIED;
    userId = user;
  }

  /**
   * Records a poll, and marks the code as used if the user has allowed the device. A device that
   * polls too early must wait longer from then on (RFC 8628, section 3.5). The interval is measured
   * from the last poll that was not early, with a tolerance for clocks and network delays.
   *
   * @return the error if the device gets no tokens now
   */
  Optional<OAuthError> poll(OffsetDateTime now) {
    if (state.equals(USED)) {
      return Optional.of(OAuthError.INVALID_GRANT);
    }
    if (!now.isBefore(expiresAt)) {
      return Optional.of(OAuthError.EXPIRED_TOKEN);
    }
    if (state.equals(DENIED)) {
      return Optional.of(OAuthError.ACCESS_DENIED);
    }
    if (isGranted()) {
      state = USED;
      return Optional.empty();
    }
    if (now.isBefore(pollAfter.minus(DeviceCodes.TOLERANCE))) {
      pollEvery += INTERVAL;
      pollAfter = pollAfter.plusSeconds(INTERVAL);
      return Optional.of(OAuthError.SLOW_DOWN);
    }
    pollAfter = now.plusSeconds(pollEvery);
    return Optional.of(OAuthError.AUTHORIZATION_PENDING);
  }

  boolean isGranted() {
    return state.equals(GRANTED);
  }

  String clientId() {
    return clientId;
  }

  DeviceRequest request() {
    try {
      Requested read = JSON.readValue(requested, Requested.class);
      return new DeviceRequest(clientId, read.scope(), read.audience());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  Granted granted() {
    return Granted.ofJson(granted);
  }

  Optional<String> browserId() {
    return Optional.ofNullable(browserId);
  }

  private static String write(Requested requested) {
    try {
      return JSON.writeValueAsString(requested);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "DeviceCode[" + clientId + ", " + state + "]";
  }
}
