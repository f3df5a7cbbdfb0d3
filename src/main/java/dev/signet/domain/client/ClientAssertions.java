package dev.signet.domain.client;

import dev.signet.base.oauth.OAuthException;
import dev.signet.base.route.Routes;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.jose.ClientAssertion;
import dev.signet.domain.jose.ClientAssertion.Signature;
import dev.signet.domain.jose.ClientKeys;
import dev.signet.domain.jose.InvalidToken;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Checks client assertions (RFC 7523, section 3): the signature first, the claims second. */
@Shared
class ClientAssertions {
  private final UsedProofs used;
  private final RemoteKeys remoteKeys;
  private final AssertionRules rules;
  private final Clock clock;
  private final Duration skew;
  private final Set<String> audiences;

  @Inject
  ClientAssertions(
      UsedProofs used,
      RemoteKeys remoteKeys,
      AssertionRules rules,
      TokenSettings settings,
      Clock clock) {
    this.used = used;
    this.remoteKeys = remoteKeys;
    this.rules = rules;
    this.clock = clock;
    skew = settings.skew();
    // RFC 7523 names the token endpoint's URL; its successor, only the issuer; RFC 9126, all three.
    audiences =
        Set.of(
            settings.issuer(),
            settings.issuer() + Routes.TOKEN.path(),
            settings.issuer() + Routes.PUSHED_REQUEST.path());
  }

  /** Checks an assertion and marks it as used. Returns the reason if it is refused. */
  Optional<ClientFault> use(Client client, String text) {
    Optional<ClientAssertion> read = read(text).filter(one -> one.clientId().equals(client.id()));
    if (read.isEmpty() || !client.metadata().authenticatesByKey()) {
      return Optional.of(ClientFault.UNKNOWN_KEY);
    }
    ClientAssertion assertion = read.get();
    return wrongSignature(client, assertion)
        .or(
            () ->
                assertion
                    .refusedClaim(audiences, clock.instant(), skew)
                    .map(ClientFault::refusedClaim))
        .or(() -> rules.refused(client, assertion).map(ClientFault::refusedClaim))
        .or(() -> usedBefore(assertion));
  }

  private static Optional<ClientAssertion> read(String text) {
    try {
      return Optional.of(ClientAssertion.parse(text));
    } catch (InvalidToken e) {
      return Optional.empty();
    }
  }

  private Optional<ClientFault> wrongSignature(Client client, ClientAssertion assertion) {
    if (client.keys().isPresent()) {
      Signature signature = assertion.signature(client.keys().get());
      // A document is cached for up to a day, and its keys may have been replaced in the meantime.
      boolean outdated = signature == Signature.WRONG && client.hasDocument();
      return fault(outdated ? Signature.UNKNOWN_KEY : signature);
    }
    String uri = client.metadata().jwksUri();
    Optional<ClientKeys> published = remoteKeys.find(uri, assertion.keyId());
    if (published.isEmpty()) {
      return Optional.of(ClientFault.KEYS_UNAVAILABLE);
    }
    Signature signature = assertion.signature(published.get());
    if (signature == Signature.WRONG) {
      // A key may have been replaced under its identifier, so the newest keys decide.
      signature =
          remoteKeys
              .findNewer(uri, published.get())
              .map(assertion::signature)
              .orElse(Signature.UNKNOWN_KEY);
    }
    return fault(signature);
  }

  private static Optional<ClientFault> fault(Signature signature) {
    return switch (signature) {
      case RIGHT -> Optional.empty();
      case WRONG -> Optional.of(ClientFault.WRONG_SIGNATURE);
      case UNKNOWN_KEY -> Optional.of(ClientFault.UNKNOWN_KEY);
    };
  }

  private Optional<ClientFault> usedBefore(ClientAssertion assertion) {
    try {
      used.use(assertion, skew);
      return Optional.empty();
    } catch (OAuthException e) {
      return Optional.of(ClientFault.refusedClaim("jti was already used"));
    }
  }
}
