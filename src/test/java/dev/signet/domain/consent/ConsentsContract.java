package dev.signet.domain.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.oauth.Scope;
import dev.signet.base.paging.Page;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.Profile;
import dev.signet.base.settings.TestClock;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.client.ClientMetadata;
import dev.signet.domain.client.Clients;
import dev.signet.domain.client.ProfileRules;
import dev.signet.domain.client.TestAlgorithms;
import dev.signet.domain.client.TestSubjects;
import dev.signet.domain.database.Store;
import dev.signet.domain.database.StoreContract;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What consents promise on every database. */
class ConsentsContract extends StoreContract {
  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00.123456Z"));
  private final List<ConsentWithdrawn> withdrawn = new ArrayList<>();
  private final List<SecurityEvent> events = Collections.synchronizedList(new ArrayList<>());

  @Test
  void nobodyHasAgreedToAnythingBefore() {
    assertEquals(Optional.empty(), agreed(addUser(), addClient("Photos")));
    assertEquals(Optional.empty(), agreed("nobody", "no-client"));
  }

  @Test
  void clientThatWantsNothingHasAskedOnceItIsAgreedTo() {
    String ada = addUser();
    String photos = addClient("Photos");

    agree(ada, photos, "");

    assertEquals(Optional.of(Scope.NONE), agreed(ada, photos));
  }

  @Test
  void whatIsAgreedIsAddedAndTimed() {
    String ada = addUser();
    String photos = addClient("Photos");
    Instant first = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    agree(ada, photos, "email profile");
    clock.advance(Duration.ofHours(1));
    agree(ada, photos, "profile");
    assertEquals(1, events.size(), "nothing new, nothing to record");
    agree(ada, photos, "groups");

    assertEquals(
        List.of(
            new Consent(
                photos,
                Optional.of("Photos"),
                Scope.parse("email groups profile"),
                first,
                first.plus(Duration.ofHours(1)))),
        list(ada, 10, null).items());
    assertEquals(Optional.of(Scope.parse("email groups profile")), agreed(ada, photos));
    assertEquals(
        List.of(EventType.CONSENT_GIVEN, EventType.CONSENT_GIVEN),
        events.stream().map(SecurityEvent::type).toList());
  }

  @Test
  void nothingIsLostWhenManyTabsAgreeAtOnce() throws Exception {
    String ada = addUser();
    String photos = addClient("Photos");
    AtomicInteger count = new AtomicInteger();

    Store.atOnce(
        8,
        () -> {
          agree(ada, photos, "scope-" + count.getAndIncrement());
          return null;
        });

    assertEquals(
        IntStream.range(0, 8).mapToObj(i -> "scope-" + i).collect(Collectors.toSet()),
        agreed(ada, photos).orElseThrow().names());
  }

  @Test
  void agreeingToWhatHasJustGoneDoesNothing() {
    String ada = addUser();

    agree(ada, "gone-client", "email");
    agree(UUID.randomUUID().toString(), addClient("Photos"), "email");

    assertEquals(List.of(), list(ada, 10, null).items());
    assertEquals(List.of(), events);
  }

  @Test
  void withdrawnConsentIsForgottenAndTold() {
    String ada = addUser();
    String bob = addUser();
    String photos = addClient("Photos");
    agree(ada, photos, "email");
    agree(bob, photos, "email");

    withdraw(ada, photos);

    assertEquals(Optional.empty(), agreed(ada, photos));
    assertEquals(Optional.of(Scope.parse("email")), agreed(bob, photos));
    assertEquals(List.of(new ConsentWithdrawn(ada, photos)), withdrawn);
    SecurityEvent last = events.get(events.size() - 1);
    assertEquals(EventType.CONSENT_WITHDRAWN, last.type());
    assertEquals(Optional.of(ada), last.subject());
    assertEquals(Optional.of(photos), last.client());
  }

  @Test
  void withdrawingWhatIsNotThereIsRefused() {
    String ada = addUser();
    for (String client : List.of(addClient("Photos"), "nobody", "\u0000")) {
      Refusal refusal = assertThrows(Refusal.class, () -> withdraw(ada, client));
      assertEquals(Problem.NOT_FOUND, refusal.problem());
    }
    assertEquals(List.of(), withdrawn);
  }

  @Test
  void consentsAreListedPageByPage() {
    String ada = addUser();
    List<String> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(addClient(null));
      agree(ada, clients.get(i), "email");
    }
    Collections.sort(clients);

    Page<Consent> first = list(ada, 2, null);
    Page<Consent> second = list(ada, 2, first.next().orElseThrow());

    assertEquals(clients.subList(0, 2), first.items().stream().map(Consent::clientId).toList());
    assertEquals(clients.subList(2, 3), second.items().stream().map(Consent::clientId).toList());
    assertEquals(Optional.empty(), second.items().get(0).clientName());
    assertEquals(Optional.empty(), second.next());
  }

  @Test
  void consentGoesWithItsClient() {
    String ada = addUser();
    String photos = addClient("Photos");
    agree(ada, photos, "email");

    store()
        .inTransaction(
            entities -> {
              clients(entities).delete(photos);
              return null;
            });

    assertEquals(List.of(), list(ada, 10, null).items());
  }

  private Optional<Scope> agreed(String user, String client) {
    return inTransaction(consents -> consents.agreed(user, client));
  }

  private void agree(String user, String client, String scope) {
    inTransaction(
        consents -> {
          consents.agree(user, client, Scope.parse(scope));
          return null;
        });
  }

  private void withdraw(String user, String client) {
    inTransaction(
        consents -> {
          consents.withdraw(user, client);
          return null;
        });
  }

  private Page<Consent> list(String user, int limit, String after) {
    return inTransaction(consents -> consents.list(user, limit, Optional.ofNullable(after)));
  }

  private <T> T inTransaction(Function<Consents, T> work) {
    return store()
        .inTransaction(
            entities -> work.apply(new Consents(entities, clock, withdrawn::add, events::add)));
  }

  private String addClient(String name) {
    ClientMetadata metadata =
        ClientMetadata.ofJson(name == null ? "{}" : "{\"client_name\": \"" + name + "\"}");
    return store()
        .inTransaction(
            entities -> clients(entities).add(metadata, OpaqueToken.random()).clientId());
  }

  private Clients clients(EntityManager entities) {
    return new Clients(
        entities,
        clock,
        TestSubjects.unsalted(),
        TestAlgorithms.rs256(),
        new ProfileRules(Profile.NONE),
        change -> {},
        event -> {});
  }

  private static String addUser() {
    String id = UUID.randomUUID().toString();
    try {
      store()
          .execute(
              "insert into users (id, username, username_key, password_hash, group_names, enabled,"
                  + " created_at, updated_at) values ('%1$s', '%1$s', '%1$s', 'hash', ' user ', true,"
                      .formatted(id)
                  + " current_timestamp, current_timestamp)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return id;
  }
}
