package dev.signet.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signet.base.oauth.ClientAuthentication;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.secret.PairwiseSubjects;
import dev.signet.base.settings.Profile;
import dev.signet.base.settings.RegistrationSettings;
import dev.signet.base.settings.SubjectSettings;
import dev.signet.base.settings.TestClock;
import dev.signet.domain.audit.TestAudit;
import dev.signet.domain.database.Store;
import dev.signet.domain.database.StoreContract;
import dev.signet.domain.guard.TestGuard;
import dev.signet.domain.jose.ClientAssertion;
import dev.signet.domain.jose.DpopProof;
import dev.signet.domain.jose.TestAssertions;
import dev.signet.domain.jose.TestProofs;
import dev.signet.domain.user.TestUsers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What registered clients promise on every database. */
class ClientsContract extends StoreContract {

  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00.123456Z"));
  private final List<ClientChanged> changes = new ArrayList<>();

  /** PostgreSQL makes none; without one, each deletion reads whole tables. */
  @Test
  @EnabledIfSystemProperty(named = DATABASE, matches = POSTGRESQL)
  void everyForeignKeyHasAnIndex() throws SQLException {
    assertEquals(
        0,
        store()
            .count(
                "pg_constraint c where c.contype = 'f' and not exists (select 1 from pg_index i"
                    + " where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])"));
  }

  @Test
  void databaseHasNoSecretInClear() throws SQLException {
    OpaqueToken secret = OpaqueToken.random();
    String id = add(secret);

    assertEquals(1, store().count("clients where client_id = '" + id + "'"));
    assertEquals(
        0,
        store()
            .count(
                "clients where secret_hash = '%1$s' or metadata like '%%%1$s%%'"
                    .formatted(secret.value())));
  }

  @Test
  void ofSimultaneousRegistrationsOfOneIdentifierOneWins() throws Exception {
    String id = "c-" + UUID.randomUUID().toString().substring(1, 9);

    List<String> outcomes =
        Store.atOnce(
            8,
            () -> {
              try {
                inTransaction(clients -> clients.add(metadata(id), OpaqueToken.random()));
                return "added";
              } catch (Refusal refusal) {
                return refusal.problem().name();
              }
            });

    assertEquals(1, Collections.frequency(outcomes, "added"), outcomes::toString);
    assertEquals(7, Collections.frequency(outcomes, Problem.NAME_TAKEN.name()), outcomes::toString);
  }

  @Test
  void formerSecretIsGoodUntilTheOverlapEnds() {
    OpaqueToken first = OpaqueToken.random();
    OpaqueToken second = OpaqueToken.random();
    String id = add(first);
    inTransaction(clients -> clients.replaceSecret(id, second, Duration.ofHours(1)));

    assertTrue(isClient(id, first));
    assertTrue(isClient(id, second));
    assertFalse(isClient(id, OpaqueToken.random()));
    clock.advance(Duration.ofHours(1));
    assertFalse(isClient(id, first));
    assertTrue(isClient(id, second));
    assertEquals(List.of(new ClientChanged(id)), changes);
  }

  @Test
  void clientComesBackAsItWasRegistered() {
    String id = add(OpaqueToken.random());

    RegisteredClient found = inTransaction(clients -> clients.find(id)).orElseThrow();

    assertEquals(metadata(id).complete(), found.metadata());
    assertEquals(Instant.parse("2026-03-01T12:00:00.123Z"), found.createdAt());
    assertEquals(Optional.empty(), inTransaction(clients -> clients.find("\u0000")));
  }

  /** Like the redemption of a code, which locks its row before it refers to the client. */
  @Test
  void deletionAndWhoRefersToTheClientDoNotWaitForEachOther() throws Exception {
    String id = add(OpaqueToken.random());
    store()
        .execute(
            """
            insert into authorization_codes (hash, client_id, user_id, granted, expires_at)
            values ('%1$s', '%1$s', '%2$s', '{}', current_timestamp)"""
                .formatted(id, TestUsers.add(store()).id()));
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Connection redeeming = store().database().getConnection();
        Statement statement = redeeming.createStatement()) {
      redeeming.setAutoCommit(false);
      statement.executeQuery(
          "select hash from authorization_codes where hash = '" + id + "' for update");
      Future<?> deletion =
          other.submit(
              () ->
                  inTransaction(
                      clients -> {
                        clients.delete(id);
                        return null;
                      }));
      assertThrows(TimeoutException.class, () -> deletion.get(500, TimeUnit.MILLISECONDS));

      statement.executeUpdate(
          """
          insert into pushed_requests (hash, client_id, parameters, expires_at)
          values ('%1$s', '%1$s', '', current_timestamp)"""
              .formatted(id));
      redeeming.commit();

      deletion.get(10, TimeUnit.SECONDS);
    } finally {
      other.shutdownNow();
    }
    for (String table : List.of("clients", "authorization_codes", "pushed_requests")) {
      assertEquals(0, store().count(table + " where client_id = '" + id + "'"), table);
    }
  }

  private String add(OpaqueToken secret) {
    return inTransaction(clients -> clients.add(metadata(null), secret)).clientId();
  }

  private static ClientMetadata metadata(String id) {
    ClientMetadata metadata =
        ClientMetadata.ofJson(
            """
            {"client_name": "Reports", "grant_types": ["client_credentials"], "scope": "a b",
             "access_token_lifetime": 60}
            """);
    return id == null ? metadata : metadata.of(id);
  }

  private boolean isClient(String id, OpaqueToken secret) {
    Clients transacted =
        new Clients() {
          @Override
          public Optional<RegisteredClient> find(String clientId) {
            return inTransaction(clients -> clients.find(clientId));
          }
        };
    ClientAuthenticator authenticator =
        new ClientAuthenticator(
            TestRegistration.directory(transacted),
            null,
            new TestGuard(),
            new TestAudit().log(),
            clock);
    try {
      return authenticator
          .authenticate(
              new ClientCredentials(ClientAuthentication.CLIENT_SECRET_BASIC, id, secret.value()))
          .id()
          .equals(id);
    } catch (OAuthException e) {
      assertEquals(OAuthError.INVALID_CLIENT, e.error());
      return false;
    }
  }

  private <T> T inTransaction(Function<Clients, T> work) {
    return store()
        .inTransaction(
            entities ->
                work.apply(
                    new Clients(
                        entities,
                        clock,
                        TestSubjects.unsalted(),
                        TestAlgorithms.rs256(),
                        new ProfileRules(Profile.NONE),
                        changes::add,
                        event -> {})));
  }

  @Test
  void assertionIsUsedOnceAlsoByManyAtOnce() throws Exception {
    ClientAssertion assertion = TestAssertions.unsigned("reports", clock.instant());

    List<Boolean> uses = Store.atOnce(8, () -> use(assertion));

    assertEquals(1, Collections.frequency(uses, true), uses::toString);
    assertTrue(use(TestAssertions.unsigned("orders", clock.instant())), "another client's");
  }

  @Test
  void usedAssertionsAreForgottenWhenTheyHaveExpired() throws Exception {
    ClientAssertion assertion = TestAssertions.unsigned("reports", clock.instant());
    assertTrue(use(assertion));

    clock.advance(Duration.ofSeconds(129));
    deleteExpired();
    assertFalse(use(assertion));
    clock.advance(Duration.ofSeconds(1));
    deleteExpired();
    assertTrue(use(assertion), "which the check of its end refuses by now, on each node");
  }

  @Test
  void proofOfAKeyIsUsedOnceAndRememberedLongerThanItIsGood() throws Exception {
    DpopProof proof =
        DpopProof.parse(
            TestProofs.fresh()
                .proof("POST", "https://id.example.org/oauth2/token", clock.instant()));

    List<Boolean> uses = Store.atOnce(8, () -> use(proof));

    assertEquals(1, Collections.frequency(uses, true), uses::toString);
    clock.advance(DpopProof.WINDOW.plusSeconds(59));
    deleteExpired();
    assertFalse(use(proof), "on a node whose clock is late");
    clock.advance(Duration.ofSeconds(2));
    deleteExpired();
    assertTrue(use(proof), "which the check of its time refuses by now");
  }

  private boolean use(DpopProof proof) {
    try {
      store()
          .inTransaction(
              entities -> {
                new UsedProofs(entities, clock).use(proof);
                return null;
              });
      return true;
    } catch (OAuthException e) {
      assertEquals(OAuthError.INVALID_DPOP_PROOF, e.error());
      return false;
    }
  }

  private void deleteExpired() {
    store().inTransaction(entities -> new UsedProofs(entities, clock).deleteBatch());
  }

  private boolean use(ClientAssertion assertion) {
    try {
      store()
          .inTransaction(
              entities -> {
                new UsedProofs(entities, clock).use(assertion, Duration.ofSeconds(10));
                return null;
              });
      return true;
    } catch (OAuthException e) {
      assertEquals(OAuthError.INVALID_CLIENT, e.error());
      return false;
    }
  }

  @Test
  void clientThatManagesItselfGetsASecretWhenItNeedsOne() throws SQLException {
    OpaqueToken first = OpaqueToken.random();
    OpaqueToken second = OpaqueToken.random();
    OpaqueToken token = OpaqueToken.random();
    String id = inTransaction(clients -> clients.addItself(asked("none"), first, token)).clientId();
    assertFalse(isClient(id, first));
    assertEquals(
        1,
        store()
            .count(
                "clients where registration_token_hash = '%s' and secret_hash is null"
                    .formatted(token.hash())));

    inTransaction(clients -> clients.updateItself(id, asked("client_secret_basic"), first));
    assertTrue(isClient(id, first));
    inTransaction(clients -> clients.updateItself(id, asked("client_secret_basic"), second));
    assertTrue(isClient(id, first), "it has one already");
    assertFalse(isClient(id, second));
  }

  @Test
  void onlyTheHolderOfItsTokenFindsAClientThatManagesItself() {
    OpaqueToken secret = OpaqueToken.random();
    OpaqueToken token = OpaqueToken.random();
    String id =
        inTransaction(clients -> clients.addItself(asked("none"), secret, token)).clientId();
    String other = add(OpaqueToken.random());
    TestGuard guard = new TestGuard();
    TestAudit audit = new TestAudit();
    Registrations registrations = registrations(guard, audit);

    assertEquals(id, registrations.find(id, token.value()).client().clientId());
    assertEquals(0, guard.failures());
    for (String wrong : List.of("wrong", "")) {
      assertUnknown(registrations, id, wrong);
    }
    assertUnknown(registrations, other, token.value());
    assertUnknown(registrations, other, "");
    assertUnknown(registrations, "nobody", token.value());
    assertEquals(5, guard.failures());

    inTransaction(clients -> clients.update(id, ClientMetadata.ofJson("{\"enabled\": false}")));
    assertUnknown(registrations, id, token.value());
    assertEquals(5, guard.failures(), "the right token of a disabled client is no guess");
    guard.block();
    Refusal refusal = assertThrows(Refusal.class, () -> registrations.find(id, token.value()));
    assertEquals(Problem.BLOCKED, refusal.problem());
  }

  private static void assertUnknown(Registrations registrations, String id, String token) {
    OAuthException refused =
        assertThrows(OAuthException.class, () -> registrations.find(id, token));
    assertEquals(OAuthError.INVALID_TOKEN, refused.error());
  }

  private Registrations registrations(TestGuard guard, TestAudit audit) {
    RegistrationSettings limits = TestRegistration.UNLIMITED;
    Clients transacted =
        new Clients() {
          @Override
          public Optional<RegisteredClient> find(String clientId) {
            return inTransaction(clients -> clients.find(clientId));
          }
        };
    return new Registrations(transacted, null, guard, audit.log(), clock, limits);
  }

  @Test
  void clientWithADocumentIsStoredOnceAndFollowsItsDocument() {
    String address = "https://tool.example.org/client.json?" + "x".repeat(200);
    ClientMetadata metadata = asked("none").of(address).complete();
    keep(metadata);
    keep(metadata);
    keep(metadata.with(named(address, "Tool")));

    RegisteredClient stored = inTransaction(clients -> clients.find(address)).orElseThrow();
    assertTrue(stored.hasDocument());
    assertEquals("Tool", stored.metadata().clientName());
    inTransaction(
        clients -> {
          clients.delete(address);
          return null;
        });
    assertTrue(inTransaction(clients -> clients.find(address)).isEmpty());
  }

  /** Its address could be one that a document claims to be about. */
  @Test
  void registeredClientIsNotReplacedByADocument() {
    String address = "https://tool.example.org/registered.json";
    inTransaction(
        clients -> clients.add(asked("none").of(address), OpaqueToken.random()).clientId());

    keep(asked("none").of(address).complete().with(named(address, "Thief")));

    RegisteredClient stored = inTransaction(clients -> clients.find(address)).orElseThrow();
    assertFalse(stored.hasDocument());
    assertEquals(null, stored.metadata().clientName());
  }

  @Test
  void clientWithADocumentThatNobodyUsesIsDeleted() {
    String address = "https://tool.example.org/unused.json";
    keep(asked("none").of(address).complete());

    inTransaction(Clients::deleteUnusedBatch);
    assertTrue(inTransaction(clients -> clients.find(address)).isPresent(), "not on its first day");
    clock.advance(Duration.ofDays(1));
    inTransaction(Clients::deleteUnusedBatch);
    assertTrue(inTransaction(clients -> clients.find(address)).isEmpty());
  }

  private void keep(ClientMetadata metadata) {
    inTransaction(
        clients -> {
          clients.keep(metadata);
          return null;
        });
  }

  private static ClientMetadata named(String address, String name) {
    return ClientMetadata.read(
        JsonNodeFactory.instance.objectNode().put("client_id", address).put("client_name", name));
  }

  private static ClientMetadata asked(String method) {
    return ClientMetadata.ofJson(
        """
        {"redirect_uris": ["https://app.example.org/back"], "token_endpoint_auth_method": "%s"}
        """
            .formatted(method));
  }

  /** OpenID Connect Core 1.0, section 2: a {@code sub} is never reassigned. */
  @Test
  void changedSaltIsNoticedWhenAPairwiseClientNeedsTheFormerOne() throws SQLException {
    String first = "first salt of at least 32 characters";
    String second = "second salt of at least 32 characters";
    TestRegistration.add(store(), "\"client_name\": \"\\\"subject_type\\\":\\\"pairwise\\\"\",");
    assertFalse(isSaltChanged(first));
    assertFalse(isSaltChanged(second), "no client has needed the first");

    TestRegistration.add(store(), "\"subject_type\": \"pairwise\",");
    assertFalse(isSaltChanged(second));
    assertTrue(isSaltChanged(first));
    assertTrue(isSaltChanged(null));
    assertFalse(isSaltChanged(second), "it is the one to keep");
    assertEquals(1, store().count("subject_salt"));
    assertEquals(0, store().count("subject_salt where fingerprint like '%salt%'"));

    store().execute("update subject_salt set fingerprint = ''");
    assertFalse(isSaltChanged(first), "as the documentation has it");
    assertTrue(isSaltChanged(second));
  }

  private static boolean isSaltChanged(String salt) {
    PairwiseSubjects pairwise =
        new PairwiseSubjects(new SubjectSettings(Optional.ofNullable(salt)));
    return store().inTransaction(entities -> new SubjectSalt(entities, pairwise).isChanged());
  }

  @Test
  void unknownClientIsNotFound() {
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () -> inTransaction(clients -> clients.update("nobody", metadata(null))));

    assertEquals(Problem.NOT_FOUND, refusal.problem());
  }
}
