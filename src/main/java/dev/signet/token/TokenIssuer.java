package dev.signet.token;

import dev.signet.keys.Claims;
import dev.signet.keys.TokenSigner;
import dev.signet.settings.TokenSettings;
import dev.signet.user.User;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Issues access tokens (RFC 9068, MicroProfile JWT 2.1). */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TokenIssuer {
  /** The client that stands for Signet's own API. */
  static final String FIRST_PARTY = "signet";

  /** Everything a user may do through the API. */
  static final String FIRST_PARTY_SCOPE = "api";

  private TokenSigner signer;
  private TokenSettings settings;
  private Clock clock;

  /** For the container's proxy. */
  public TokenIssuer() {}

  @Inject
  TokenIssuer(TokenSigner signer, TokenSettings settings, Clock clock) {
    this.signer = signer;
    this.settings = settings;
    this.clock = clock;
  }

  /** Issues a token to a user who has just shown a password. */
  public AccessToken issue(User user) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Claims claims =
        new Claims(
            settings.issuer(),
            user.id(),
            user.username(),
            List.copyOf(user.groups()),
            UUID.randomUUID().toString(),
            now,
            now.plus(settings.lifetime()),
            List.of(settings.audience()),
            FIRST_PARTY,
            FIRST_PARTY_SCOPE,
            now,
            Optional.empty(),
            Optional.empty(),
            Map.of());
    return new AccessToken(signer.sign(claims), settings.lifetime());
  }
}
