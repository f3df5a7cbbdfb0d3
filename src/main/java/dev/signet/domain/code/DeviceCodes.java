package dev.signet.domain.code;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.wiring.Clocks;
import dev.signet.domain.client.Client;
import dev.signet.domain.consent.Consents;
import dev.signet.domain.database.Batch;
import dev.signet.domain.session.GrantPolicy;
import dev.signet.domain.session.Granted;
import dev.signet.domain.session.RefreshFamilies;
import dev.signet.domain.user.User;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Device authorizations (RFC 8628). Each method is one transaction, and locks the user first, if
 * there is one, and the device's row second.
 */
@Stateless
public class DeviceCodes {
  /** The time that a user has for the decision. */
  public static final Duration LIFETIME = Duration.ofMinutes(10);

  /** The initial interval between two polls. */
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  /** Polls may arrive this much early, because devices and networks are not exact. */
  static final Duration TOLERANCE = Duration.ofSeconds(1);

  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  @EJB private RefreshFamilies families;
  private Consents consents;
  private GrantPolicy policy;
  private Clock clock;

  /** For the container's proxy. */
  public DeviceCodes() {}

  @Inject
  DeviceCodes(Consents consents, GrantPolicy policy, Clock clock) {
    this.consents = consents;
    this.policy = policy;
    this.clock = clock;
  }

  /** For tests against a bare entity manager. */
  DeviceCodes(
      EntityManager entities,
      RefreshFamilies families,
      Consents consents,
      GrantPolicy policy,
      Clock clock) {
    this(consents, policy, clock);
    this.entities = entities;
    this.families = families;
  }

  /**
   * The codes of a new device authorization.
   *
   * @param code for polling
   * @param userCode for display to the user
   */
  public record Issued(OpaqueToken code, UserCode userCode) {}

  /** Starts a device authorization. */
  public Issued issue(DeviceRequest request) {
    UserCode userCode = UserCode.random();
    while (byUserCode(userCode).getResultStream().findAny().isPresent()) {
      userCode = UserCode.random();
    }
    OpaqueToken code = OpaqueToken.random();
    entities.persist(new DeviceCode(code, userCode, request, Clocks.utc(clock)));
    return new Issued(code, userCode);
  }

  /** Whether this user code belongs to a device authorization that is open or ended recently. */
  public boolean isKnown(UserCode code) {
    return byUserCode(code).getResultStream().findAny().isPresent();
  }

  /** Finds the request of a device that still waits for a decision. */
  public Optional<DeviceRequest> find(UserCode code) {
    OffsetDateTime now = Clocks.utc(clock);
    return byUserCode(code)
        .getResultStream()
        .findFirst()
        .filter(device -> device.isOpen(now))
        .map(DeviceCode::request);
  }

  /**
   * Records that the user allows the device.
   *
   * @param browserId the browser session of the user
   * @return whether the device still waited for the decision
   */
  public boolean grant(UserCode code, String userId, Granted granted, Optional<String> browserId) {
    Optional<DeviceCode> open = lockOpen(code, userId);
    open.ifPresent(
        device -> {
          device.grant(userId, granted, browserId);
          consents.agree(userId, device.clientId(), granted.scope());
        });
    return open.isPresent();
  }

  /**
   * Records that the user denies the device.
   *
   * @return whether the device still waited for the decision
   */
  public boolean deny(UserCode code, String userId) {
    Optional<DeviceCode> open = lockOpen(code, userId);
    open.ifPresent(device -> device.deny(userId));
    return open.isPresent();
  }

  /**
   * Processes a poll of a device. After the user has allowed the device, one poll gets the session.
   *
   * @param audience the requested resource servers, if not all that were granted (RFC 8707, section
   *     2.2)
   * @param dpopKey the thumbprint of the key of the DPoP proof (RFC 9449)
   * @throws OAuthException {@link OAuthError#INVALID_GRANT} if the user, or the browser session in
   *     which the device was allowed, has logged out in the meantime; or as {@link GrantPolicy}
   *     specifies. Nothing is changed in these cases
   */
  public DevicePoll poll(
      Client client, String code, List<String> audience, Optional<String> dpopKey) {
    String hash = new OpaqueToken(code).hash();
    Optional<User> user = lockUserOf(hash);
    DeviceCode device = entities.find(DeviceCode.class, hash, LockModeType.PESSIMISTIC_WRITE);
    if (device == null || !device.clientId().equals(client.id())) {
      return DevicePoll.unknown();
    }
    if (device.isGranted() && user.isEmpty()) {
      // The user decided after the first read. The next poll takes the locks in their order.
      return DevicePoll.refused(OAuthError.AUTHORIZATION_PENDING);
    }
    return device
        .poll(Clocks.utc(clock))
        .map(DevicePoll::refused)
        .orElseGet(() -> approved(client, device, user.orElseThrow(), audience, dpopKey));
  }

  private DevicePoll approved(
      Client client,
      DeviceCode device,
      User user,
      List<String> audience,
      Optional<String> dpopKey) {
    Granted granted = policy.current(client, device.granted());
    Granted asked = granted.forResources(audience);
    return DevicePoll.approved(
        families.open(client, user, granted, device.browserId(), dpopKey).limitedTo(asked));
  }

  private Optional<User> lockUserOf(String hash) {
    return entities
        .createNamedQuery(DeviceCode.USER, User.class)
        .setParameter("hash", hash)
        .getResultStream()
        .findFirst();
  }

  /**
   * Deletes a batch of device authorizations that expired some time ago, so that the device has
   * received the error.
   *
   * @return whether there may be more
   */
  public boolean deleteBatch() {
    return Batch.delete(
        entities,
        "device_codes",
        "hash",
        "select hash from device_codes where expires_at <= ?1",
        Clocks.utc(clock).minus(LIFETIME));
  }

  /**
   * Locks the user first, because the row will refer to the user. The withdrawal of a consent takes
   * the same lock, so it either sees the new grant or precedes it.
   */
  private Optional<DeviceCode> lockOpen(UserCode code, String userId) {
    if (entities.find(User.class, userId, LockModeType.PESSIMISTIC_WRITE) == null) {
      return Optional.empty();
    }
    OffsetDateTime now = Clocks.utc(clock);
    return byUserCode(code)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .findFirst()
        .filter(device -> device.isOpen(now));
  }

  private TypedQuery<DeviceCode> byUserCode(UserCode code) {
    return entities
        .createQuery("select d from DeviceCode d where d.userCode = :hash", DeviceCode.class)
        .setParameter("hash", code.hash());
  }
}
