package dev.signet.domain.keys;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TokenSettings;
import dev.signet.domain.audit.TestAudit;
import dev.signet.domain.jose.Claims;
import dev.signet.domain.jose.IdTokens;
import dev.signet.domain.jose.TokenSigner;
import dev.signet.domain.jose.TokenVerifier;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One of several Signets on one database: its keys, its signer and its verifier. */
public record TestNode(
    Keys keys, TokenSigner signer, TokenVerifier verifier, IdTokens idTokens, Clock clock) {
  public static final String ENCRYPTION = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  /** With P-256 keys, which are made in no time, unless {@code changes} say otherwise. */
  static TestNode on(StoredKeys stored, Clock clock, Map<String, String> changes) {
    Map<String, String> values = new HashMap<>();
    values.put("signet.keys.store", "database");
    values.put("signet.keys.encryption", ENCRYPTION);
    values.put("signet.keys.algorithm", "ES256");
    values.putAll(changes);
    Settings settings = Settings.read(key -> Optional.ofNullable(values.get(key)));
    Keys keys = new Keys(settings, stored, clock, new TestAudit().log());
    keys.load();
    TokenSigner signer = new TokenSigner(keys, new Metrics());
    return new TestNode(
        keys,
        signer,
        new TokenVerifier(keys, settings.token(), clock),
        new IdTokens(keys, signer, settings.token()),
        clock);
  }

  static TestNode on(StoredKeys stored, Clock clock) {
    return on(stored, clock, Map.of());
  }

  /** An access token with the default lifetime. */
  String token() {
    TokenSettings settings = Settings.read(key -> Optional.empty()).token();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return signer.sign(
        new Claims(
            TokenSettings.Type.JWT,
            settings.issuer(),
            "42",
            Optional.of("ada"),
            List.of("user"),
            UUID.randomUUID().toString(),
            now,
            now.plus(settings.lifetime()),
            List.of(settings.audience()),
            "signet",
            "api",
            Optional.of(now),
            Optional.empty(),
            Optional.empty(),
            Map.of()));
  }

  /** An ID token. */
  String idToken() {
    String issuer = Settings.read(key -> Optional.empty()).token().issuer();
    return idTokens.sign(Map.of("iss", issuer, "sub", "42", "aud", "app"), "access");
  }

  String signingKey() {
    return keys.ring().signing().id();
  }

  boolean publishes(String id) {
    return keys.ring().publicJwks().contains(id);
  }
}
