package dev.signet.domain.backchannel;

import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.ClientDirectory;
import dev.signet.domain.client.Subjects;
import dev.signet.domain.jose.TokenSigner;
import dev.signet.domain.outbound.Outbound;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Notifies clients that sessions have ended (OpenID Connect Back-Channel Logout 1.0). Runs in the
 * background, so that no logout waits for it, and repeats a failed notification for about an hour.
 */
@Shared
public class BackchannelLogout {
  private static final Logger LOG = System.getLogger(BackchannelLogout.class.getName());
  private static final String TYPE = "logout+jwt";
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

  /** Section 2.4 recommends two minutes at most. */
  private static final Duration LIFETIME = Duration.ofMinutes(2);

  /** The reaction of a client to a logout token. */
  private enum Reply {
    TAKEN,
    REFUSED,
    NONE
  }

  private final LogoutNotices notices;
  private final ClientDirectory clients;
  private final Subjects subjects;
  private final TokenSigner signer;
  private final Outbound outbound;
  private final TokenSettings settings;
  private final Clock clock;
  private final AuditLog audit;

  @Inject
  BackchannelLogout(
      LogoutNotices notices,
      ClientDirectory clients,
      Subjects subjects,
      TokenSigner signer,
      Outbound outbound,
      TokenSettings settings,
      Clock clock,
      AuditLog audit) {
    this.notices = notices;
    this.clients = clients;
    this.subjects = subjects;
    this.signer = signer;
    this.outbound = outbound;
    this.settings = settings;
    this.clock = clock;
    this.audit = audit;
  }

  /** Sends all notifications that are due. */
  public void tell() {
    Optional<LogoutNotice> next = notices.take();
    while (next.isPresent()) {
      tell(next.get());
      next = notices.take();
    }
  }

  private void tell(LogoutNotice notice) {
    Optional<Client> client =
        clients
            .find(notice.clientId())
            .filter(found -> found.metadata().backchannelLogoutUri() != null);
    if (client.isEmpty()) {
      // A client that is disabled, or has removed its logout URI, gets no notification.
      notices.done(notice);
      return;
    }
    switch (tell(client.get(), notice)) {
      case TAKEN -> notices.done(notice);
      case REFUSED -> notices.failed(notice).forEach(this::giveUp);
      case NONE -> notices.unanswered(notice).forEach(this::giveUp);
    }
  }

  private Reply tell(Client client, LogoutNotice notice) {
    try {
      int status =
          outbound
              .post(
                  URI.create(client.metadata().backchannelLogoutUri()),
                  Map.of("logout_token", logoutToken(client, notice)))
              .status();
      return status >= 200 && status < 300 ? Reply.TAKEN : Reply.REFUSED;
    } catch (IOException e) {
      return Reply.NONE;
    } catch (RuntimeException e) {
      // This happens, for example, for a pairwise client when the salt was removed. Other clients
      // must still be notified.
      LOG.log(Level.WARNING, "Cannot create a logout token for the client " + client.id(), e);
      return Reply.NONE;
    }
  }

  private void giveUp(LogoutNotice notice) {
    audit.record(
        SecurityEvent.of(EventType.LOGOUT_NOT_TOLD)
            .subject(notice.userId())
            .client(notice.clientId())
            .detail("session " + notice.sessionId()));
  }

  /**
   * Makes a token by section 2.4. Its {@code sub} is the one of the session's ID tokens, although
   * the client may have been registered with another {@code subject_type} or sector since.
   */
  private String logoutToken(Client client, LogoutNotice notice) {
    long now = clock.instant().getEpochSecond();
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", settings.issuer());
    String sector = notice.sector().orElseGet(client::sector);
    claims.put("sub", subjects.of(sector, notice.userId()));
    claims.put("aud", client.id());
    claims.put("iat", now);
    claims.put("exp", now + LIFETIME.toSeconds());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("sid", notice.sessionId());
    claims.put("events", Map.of(EVENT, Map.of()));
    return signer.sign(TYPE, claims);
  }
}
