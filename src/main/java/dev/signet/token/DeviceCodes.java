package dev.signet.token;

import dev.signet.client.Client;
import dev.signet.client.Consents;
import dev.signet.database.Batch;
import dev.signet.keys.OpaqueToken;
import dev.signet.oauth.OAuthError;
import dev.signet.oauth.OAuthException;
import dev.signet.user.User;
import dev.signet.wiring.Clocks;
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
 * Devices that ask, and people who let them in (RFC 8628). One method, one transaction; each locks
 * the user first, if there is one, and the device's row next.
 */
@Stateless
public class DeviceCodes {
  /** How long a person has. */
  public static final Duration LIFETIME = Duration.ofMinutes(10);

  /** Between two polls of a device, at first. */
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  /** How much earlier a poll may arrive: no device and no network keeps to the millisecond. */
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
   * What a device gets to begin with.
   *
   * @param code what it asks with
   * @param userCode what it shows
   */
  public record Issued(OpaqueToken code, UserCode userCode) {}

  /** Lets a device wait. */
  public Issued issue(DeviceRequest request) {
    UserCode userCode = UserCode.random();
    while (byUserCode(userCode).getResultStream().findAny().isPresent()) {
      userCode = UserCode.random();
    }
    OpaqueToken code = OpaqueToken.random();
    entities.persist(new DeviceCode(code, userCode, request, Clocks.utc(clock)));
    return new Issued(code, userCode);
  }

  /** Whether a device shows this code, or has shown it a short while ago. */
  public boolean isKnown(UserCode code) {
    return byUserCode(code).getResultStream().findAny().isPresent();
  }

  /** Finds what a device asks for that still waits. */
  public Optional<DeviceRequest> find(UserCode code) {
    OffsetDateTime now = Clocks.utc(clock);
    return byUserCode(code)
        .getResultStream()
        .findFirst()
        .filter(device -> device.isOpen(now))
        .map(DeviceCode::request);
  }

  /**
   * Somebody lets a device in, and so agrees to what it asks for.
   *
   * @param browserId the session of single sign-on in which that is done
   * @return whether it still waited
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
   * Somebody does not let a device in.
   *
   * @return whether it still waited
   */
  public boolean deny(UserCode code, String userId) {
    Optional<DeviceCode> open = lockOpen(code, userId);
    open.ifPresent(device -> device.deny(userId));
    return open.isPresent();
  }

  /**
   * A device asks. Once somebody has let it in, it gets a session a single time.
   *
   * @param audience that it asks for, if not all that was granted (RFC 8707, section 2.2)
   * @param dpopKey the thumbprint of the key that the request shows (RFC 9449)
   * @throws OAuthException {@link OAuthError#INVALID_GRANT} if the user, or the browser in which it
   *     was let in, has logged out meanwhile; or as {@link GrantPolicy} has it; nothing has changed
   *     then
   */
  public DevicePoll poll(
      Client client, String code, List<String> audience, Optional<String> dpopKey) {
    OpaqueToken token = new OpaqueToken(code);
    String hash = token.hash();
    Optional<User> user = lockUserOf(hash);
    DeviceCode device = entities.find(DeviceCode.class, hash, LockModeType.PESSIMISTIC_WRITE);
    if (device == null || !device.clientId().equals(client.id())) {
      return DevicePoll.unknown(token);
    }
    if (device.isGranted() && user.isEmpty()) {
      // At this very moment. The next poll has the locks in their order.
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
   * Deletes a batch of those that expired some time ago, of which a device has been told by then.
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
   * Locks the user, too, before: the row will refer to it. Whoever withdraws a consent has the same
   * lock, and so sees what comes of this, or comes first.
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
