package dev.signet.domain.client;

import static dev.signet.base.oauth.ClientAuthentication.CLIENT_SECRET_BASIC;
import static dev.signet.base.oauth.ClientAuthentication.CLIENT_SECRET_POST;
import static dev.signet.base.oauth.ClientAuthentication.NONE;
import static dev.signet.base.oauth.ClientAuthentication.PRIVATE_KEY_JWT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.signet.base.oauth.ClientAuthentication;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.Profile;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TestClock;
import dev.signet.base.settings.TokenSettings;
import dev.signet.domain.audit.TestAudit;
import dev.signet.domain.guard.TestGuard;
import dev.signet.domain.jose.ClientAssertion;
import dev.signet.domain.jose.ClientKeys;
import dev.signet.domain.jose.TestAssertions;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which failures of client authentication are guesses, and what the client is told. */
class ClientAuthenticatorTest {
  private static final TokenSettings TOKENS = Settings.read(key -> Optional.empty()).token();
  private static final String SECRET = OpaqueToken.random().value();
  private static final String URI = "https://app.example.org/keys";

  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final Map<String, RegisteredClient> stored = new HashMap<>();
  private final TestGuard guard = new TestGuard();
  private final TestAudit audit = new TestAudit();
  private final Publisher publisher = new Publisher();
  private final ClientDirectory directory = TestRegistration.directory(new StoredClients());
  private final ClientAuthenticator authenticator =
      new ClientAuthenticator(
          directory,
          new ClientAssertions(
              new Used(),
              publisher,
              new AssertionRules(
                  TOKENS, Settings.read(key -> Optional.empty()).clients(), Profile.NONE),
              TOKENS,
              clock),
          guard,
          audit.log(),
          clock);

  @Test
  void wrongSecretIsAGuessAndLearnsNothing() {
    add("basic", "client_secret_basic", "");

    String wrong = refusal(CLIENT_SECRET_BASIC, "basic", "wrong");
    String wrongByAnotherMethod = refusal(CLIENT_SECRET_POST, "basic", "wrong");
    String unknown = refusal(CLIENT_SECRET_BASIC, "nobody", SECRET);

    assertEquals(wrong, wrongByAnotherMethod);
    assertEquals(wrong, unknown);
    assertEquals(3, guard.failures());
    assertEquals(
        List.of(
            "client_refused wrong_secret -",
            "client_refused wrong_secret -",
            "client_refused unknown_client -"),
        audit.lines());
  }

  @Test
  void rightSecretByAnotherMethodIsNoGuessAndTheClientIsToldTheMethod() {
    add("post", "client_secret_post", "");

    assertEquals(
        "The client authenticated with client_secret_basic, but its token_endpoint_auth_method is"
            + " client_secret_post.",
        refusal(CLIENT_SECRET_BASIC, "post", SECRET));
    assertNoGuess("wrong_method");
  }

  @Test
  void secretOfAPublicClientIsNoGuess() {
    add("public", "none", "");

    assertTrue(refusal(CLIENT_SECRET_POST, "public", "any").contains("method is none."));
    assertNoGuess("wrong_method");
  }

  @Test
  void identifierAloneIsNoGuess() {
    add("basic", "client_secret_basic", "");
    add("public", "none", "");

    assertEquals("public", authenticate(NONE, "public", "").id());
    assertEquals(refusal(NONE, "nobody", ""), refusal(NONE, "basic", ""));
    assertEquals(0, guard.failures());
  }

  @Test
  void rightSecretOfADisabledClientIsNoGuess() {
    add("off", "client_secret_basic", "\"enabled\": false,");

    assertEquals("The client is disabled.", refusal(CLIENT_SECRET_BASIC, "off", SECRET));
    assertNoGuess("disabled");
    refusal(CLIENT_SECRET_BASIC, "off", "wrong");
    assertEquals(1, guard.failures());
  }

  /** The secret was replaced on another node, and this node still remembers the former one. */
  @Test
  void secretIsWrongOnlyIfTheDatabaseSaysSo() {
    add("basic", "client_secret_basic", "", "former");
    refusal(CLIENT_SECRET_BASIC, "basic", "x");
    assertEquals(1, guard.failures());

    add("basic", "client_secret_basic", "");

    assertEquals("basic", authenticate(CLIENT_SECRET_BASIC, "basic", SECRET).id());
    assertEquals(1, guard.failures());
  }

  @Test
  void signedAssertionWithARefusedClaimIsNoGuessAndTheClientIsToldTheClaim() throws Exception {
    ECKey key = key("1");
    addWithKey("reports", key);
    Map<String, UnaryOperator<JWTClaimsSet.Builder>> faults =
        Map.of(
            "aud must name only this server",
            claims -> claims.audience("https://x.example"),
            "exp is in the past",
            claims -> claims.expirationTime(Date.from(clock.instant().minusSeconds(60))),
            "nbf is in the future",
            claims -> claims.notBeforeTime(Date.from(clock.instant().plusSeconds(60))),
            "iat is in the future",
            claims -> claims.issueTime(Date.from(clock.instant().plusSeconds(60))),
            "jti must have 1 to 256 characters",
            claims -> claims.jwtID(null),
            "iss must be the same as sub",
            claims -> claims.issuer("another"));

    faults.forEach(
        (fault, change) ->
            assertEquals(
                "The client assertion is refused: " + fault + ".",
                refusal(PRIVATE_KEY_JWT, "reports", assertion(key, "reports", change))));

    String once = assertion(key, "reports", claims -> claims);
    assertEquals("reports", authenticate(PRIVATE_KEY_JWT, "reports", once).id());
    assertEquals(
        "The client assertion is refused: jti was already used.",
        refusal(PRIVATE_KEY_JWT, "reports", once));
    assertNoGuess("invalid_assertion");
  }

  @Test
  void wrongSignatureIsAGuess() throws Exception {
    addWithKey("reports", key("1"));

    refusal(PRIVATE_KEY_JWT, "reports", assertion(key("1"), "reports", claims -> claims));

    assertEquals(1, guard.failures());
    assertEquals(List.of("client_refused wrong_secret -"), audit.lines());
  }

  @Test
  void signatureThatCannotBeCheckedIsNoGuessAndLearnsNoMoreThanAWrongOne() throws Exception {
    addWithKey("reports", key("1"));
    add("basic", "client_secret_basic", "");
    String wrong = refusal("reports", key("1"));
    assertEquals(1, guard.failures());

    assertEquals(wrong, refusal("reports", key("2")));
    assertEquals(wrong, refusal("basic", key("1")));
    assertEquals(wrong, refusal("nobody", key("1")));
    assertEquals(1, guard.failures());
  }

  @Test
  void keyThatWasReplacedUnderItsIdentifierIsFetchedAnewBeforeASignatureIsWrong() throws Exception {
    ECKey former = key("1");
    ECKey next = key("1");
    addPublishing("remote");
    publisher.publish(former);
    authenticate(PRIVATE_KEY_JWT, "remote", assertion(former, "remote", claims -> claims));

    publisher.publish(next);
    authenticate(PRIVATE_KEY_JWT, "remote", assertion(next, "remote", claims -> claims));

    assertEquals(0, guard.failures());
    refusal("remote", key("1"));
    assertEquals(1, guard.failures(), "also by the newest keys");
    publisher.pause();
    refusal("remote", key("1"));
    assertEquals(1, guard.failures(), "they may have been replaced since");
  }

  @Test
  void outageOfPublishedKeysIsNoGuessAndTheClientMayTryAgain() throws Exception {
    addPublishing("remote");
    publisher.fail();

    Refusal refused =
        assertThrows(
            Refusal.class,
            () ->
                authenticate(
                    PRIVATE_KEY_JWT, "remote", assertion(key("1"), "remote", claims -> claims)));

    assertEquals(Problem.OVERLOADED, refused.problem());
    assertEquals(Optional.of(Duration.ofSeconds(30)), refused.retryAfter());
    assertNoGuess("keys_unavailable");
  }

  private void assertNoGuess(String reason) {
    assertEquals(0, guard.failures());
    List<String> lines = audit.lines();
    assertFalse(lines.isEmpty());
    lines.forEach(line -> assertEquals("client_refused " + reason + " -", line));
  }

  private Client authenticate(ClientAuthentication method, String id, String secret) {
    return authenticator.authenticate(new ClientCredentials(method, id, secret));
  }

  private String refusal(ClientAuthentication method, String id, String secret) {
    OAuthException refused =
        assertThrows(OAuthException.class, () -> authenticate(method, id, secret));
    assertEquals(OAuthError.INVALID_CLIENT, refused.error());
    assertFalse(refused.getMessage().contains(SECRET));
    return refused.getMessage();
  }

  private String refusal(String id, ECKey key) {
    return refusal(PRIVATE_KEY_JWT, id, assertion(key, id, claims -> claims));
  }

  private String assertion(ECKey key, String id, UnaryOperator<JWTClaimsSet.Builder> change) {
    return TestAssertions.signed(
        key,
        JWSAlgorithm.ES256,
        change.apply(TestAssertions.claims(id, TOKENS.issuer(), clock.instant())).build());
  }

  private static ECKey key(String id) throws JOSEException {
    return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
  }

  private void add(String id, String method, String more) {
    add(id, method, more, SECRET);
  }

  private void add(String id, String method, String more, String secret) {
    RegisteredClient client =
        new RegisteredClient(
            ClientMetadata.ofJson(
                    "{%s \"grant_types\": [], \"token_endpoint_auth_method\": \"%s\"}"
                        .formatted(more, method))
                .of(id)
                .complete(),
            clock.instant());
    if (client.metadata().hasSecret()) {
      client.replaceSecret(new OpaqueToken(secret).hash(), clock.instant(), clock.instant());
    }
    stored.put(id, client);
  }

  private void addWithKey(String id, ECKey key) {
    add(id, "private_key_jwt", "\"jwks\": " + new JWKSet(key.toPublicJWK()) + ",");
  }

  private void addPublishing(String id) {
    add(id, "private_key_jwt", "\"jwks_uri\": \"" + URI + "\",");
  }

  private final class StoredClients extends Clients {
    @Override
    public Optional<RegisteredClient> find(String clientId) {
      return Optional.ofNullable(stored.get(clientId));
    }
  }

  private static final class Used extends UsedProofs {
    private final Set<String> ids = new HashSet<>();

    @Override
    public void use(ClientAssertion assertion, Duration skew) {
      if (!ids.add(assertion.id())) {
        throw new OAuthException(OAuthError.INVALID_CLIENT, "The jti was already used.");
      }
    }
  }

  /** What a client publishes; {@link RemoteKeysTest} has the rules of asking again. */
  private final class Publisher extends RemoteKeys {
    private Optional<ClientKeys> known = Optional.empty();
    private Optional<ClientKeys> published = Optional.empty();
    private boolean paused;

    Publisher() {
      super(null, clock);
    }

    void publish(ECKey key) {
      published = Optional.of(ClientKeys.parse(new JWKSet(key.toPublicJWK()).toString()));
    }

    void fail() {
      published = Optional.empty();
    }

    void pause() {
      paused = true;
    }

    @Override
    Optional<ClientKeys> find(String uri, Optional<String> keyId) {
      known = known.or(() -> published);
      return known;
    }

    @Override
    Optional<ClientKeys> findNewer(String uri, ClientKeys outdated) {
      if (paused) {
        return Optional.empty();
      }
      known = published;
      return known;
    }
  }
}
