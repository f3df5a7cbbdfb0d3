package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenRefused;
import static dev.signet.flow.ServerSession.ADMIN_PASSWORD;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.administrator;
import static dev.signet.flow.TestUsers.freshAddress;
import static dev.signet.flow.TestUsers.freshName;
import static dev.signet.flow.TestUsers.login;
import static dev.signet.flow.TestUsers.register;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Two nodes, which share a database and keys and never talk to each other, are one Signet. */
interface NodesFlow extends Flow {
  /** How soon a node feels what was revoked on another. */
  Duration FELT = Duration.ofSeconds(2);

  @OnTwoNodes
  default void tokenOfOneNodePassesOnTheOther() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestUsers.Person bob = TestUsers.loggedIn(other());

    assertEquals(ada.id(), ada.client().on(other()).get("/api/me").json().path("id").asText());
    assertEquals(bob.id(), bob.client().on(client()).get("/api/me").json().path("id").asText());
  }

  @OnTwoNodes
  default void ofSimultaneousRegistrationsOfOneNameOnTwoNodesOneWins() {
    String name = freshName();
    // The first hashes of a cold node are slow.
    assertEquals(201, register(other(), freshName(), PASSWORD).status());

    List<Integer> statuses =
        onBothAtOnce(4, client -> register(client, name, PASSWORD)).stream()
            .map(Client.Reply::status)
            .toList();

    assertEquals(1, Collections.frequency(statuses, 201), statuses::toString);
    assertEquals(7, Collections.frequency(statuses, 409), statuses::toString);
  }

  @OnTwoNodes
  default void registrationsOfASourceAreCountedOnBothNodesTogether() {
    Client here = client().from(freshAddress());
    Client there = here.on(other());
    int quota = LimitFlow.registrations(LimitFlow.emptyRegistration(here));

    // One at a time: all wait for one row, and a node does so for a second only.
    List<Client.Reply> replies = new ArrayList<>();
    for (int i = 0; i < 2 * quota; i++) {
      replies.add(LimitFlow.emptyRegistration(i % 2 == 0 ? here : there));
    }

    // One may have been refilled meanwhile; two nodes by themselves would take twice as many.
    long taken = replies.stream().filter(reply -> reply.status() == 400).count();
    assertTrue(taken >= quota - 1 && taken <= quota + 2, () -> "taken " + taken);
    replies.stream()
        .filter(reply -> reply.status() != 400)
        .forEach(reply -> assertProblem(429, "rate-limited", reply));
    assertProblem(429, "rate-limited", LimitFlow.emptyRegistration(here));
    assertProblem(429, "rate-limited", LimitFlow.emptyRegistration(there));
  }

  @OnTwoNodes
  default void revokedUserIsRefusedByTheOtherNodeWithinTwoSeconds() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    Client there = ada.client().on(other());
    Client admin = administrator(client());
    assertEquals(200, there.get("/api/protected").status());

    assertEquals(204, post(admin, "/api/admin/users/" + ada.id() + "/revoke").status());

    assertFeltOnBoth(ada.client(), there);
    assertEquals(200, login(other(), ada.username(), PASSWORD).status());
  }

  @OnTwoNodes
  default void loggedOutTokenIsRefusedByTheOtherNodeWithinTwoSeconds() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    Client there = ada.client().on(other());
    assertEquals(200, there.get("/api/protected").status());

    assertEquals(204, post(ada.client(), "/api/logout").status());

    assertFeltOnBoth(ada.client(), there);
  }

  @OnTwoNodes
  default void disabledUserIsRefusedByTheOtherNode() {
    Client.Reply session = session(client());
    Client here = bearer(client(), session);
    Client there = here.on(other());
    assertEquals(200, there.get("/api/protected").status());
    String path = "/api/users/" + there.get("/api/me").json().path("id").asText();

    assertEquals(200, administrator(client()).patch(path, Map.of("enabled", false)).status());

    assertRefreshRefused(refresh(other(), session)); // at once: this asks the database
    assertFeltOnBoth(here, there);
  }

  @OnTwoNodes
  default void refreshTokenOfOneNodeIsGoodOnTheOther() {
    Client.Reply first = session(client());

    Client.Reply second = refresh(other(), first);
    Client.Reply third = refresh(client(), second);

    assertEquals(200, second.status(), second::toString);
    assertEquals(200, third.status(), third::toString);
    assertEquals(200, bearer(client(), second).get("/api/me").status());
    assertEquals(200, bearer(other(), third).get("/api/me").status());
  }

  @OnTwoNodes
  default void replayedRefreshTokenEndsTheSessionOnBothNodes() {
    Client.Reply first = session(client());
    Client.Reply second = refresh(client(), first);
    Client here = bearer(client(), second);
    Client there = here.on(other());
    assertEquals(200, here.get("/api/protected").status());

    assertRefreshRefused(refresh(other().from(freshAddress()), first));

    assertRefreshRefused(refresh(client(), second));
    assertRefreshRefused(refresh(other(), second));
    assertFeltOnBoth(there, here);
  }

  @OnTwoNodes
  default void twentySimultaneousRefreshesOfOneBrowserOnTwoNodesAllSucceed() {
    Client.Reply session = session(client());

    List<Client.Reply> replies = onBothAtOnce(10, client -> refresh(client, session));

    for (Client.Reply reply : replies) {
      assertEquals(200, reply.status(), reply::toString);
    }
    assertEquals(200, refresh(other(), replies.get(0)).status());
    assertEquals(200, refresh(client(), replies.get(19)).status());
    assertEquals(1, bearer(client(), session).get("/api/me/sessions").json().path("items").size());
  }

  @OnTwoNodes
  default void simultaneousRefreshesFromTwoSourcesOnTwoNodesEndTheSession() {
    Client.Reply session = session(client());
    String address = freshAddress();

    List<Client.Reply> replies =
        onBothAtOnce(
            5,
            client ->
                refresh(
                    client.baseUrl().equals(other().baseUrl()) ? client.from(address) : client,
                    session));

    for (Client.Reply reply : replies) {
      if (reply.status() == 200) {
        assertRefreshRefused(refresh(client(), reply));
      } else {
        assertRefreshRefused(reply);
      }
    }
  }

  @OnTwoNodes
  default void sessionsOfAllNodesAreListedAndEndedOnAny() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    Client there = other().withToken(TestUsers.token(other(), ada.username(), PASSWORD));
    assertEquals(2, ada.client().get("/api/me/sessions").json().path("items").size());

    assertEquals(204, ada.client().delete("/api/me/sessions").status());

    await(FELT, () -> there.get("/api/protected").status() == 401);
    assertEquals(200, ada.client().on(other()).get("/api/protected").status());
  }

  @OnTwoNodes
  default void failuresOnTwoNodesAddUpAndBlockOnBoth() {
    String address = freshAddress();
    for (int i = 0; i < 99; i++) {
      Client node = i % 2 == 0 ? client() : other();
      assertRefreshRefused(TestUsers.refresh(node.from(address), "wrong" + i));
    }
    assertRefreshRefused(TestUsers.refresh(other().from(address), "wrong"));

    for (Client node : List.of(client(), other())) {
      assertProblem(429, "blocked", login(node.from(address), "admin", ADMIN_PASSWORD));
    }
  }

  @OnTwoNodes
  default void blockedNetworkIsBlockedAndLiftedOnTheOtherNodeWithinTwoSeconds() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    String address = freshAddress();
    Client admin = administrator(client());
    Client there = other().from(address);

    Client.Reply block =
        admin.post("/api/admin/blocks", Map.of("source", address + "/24", "duration", "PT1H"));
    assertEquals(201, block.status(), block::toString);
    await(FELT, () -> login(there, ada.username(), PASSWORD).status() == 429);

    String path = "/api/admin/blocks/" + block.json().path("id").asText();
    assertEquals(204, admin.delete(path).status());
    await(FELT, () -> login(there, ada.username(), PASSWORD).status() == 200);
  }

  @OnTwoNodes
  default void liftedBlockOfASourceIsFeltByTheOtherNodeWithinTwoSeconds() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    String address = freshAddress();
    Client there = other().from(address);
    for (int i = 0; i < 100; i++) {
      TestUsers.refresh(there, "wrong" + i);
    }
    assertProblem(429, "blocked", login(there, ada.username(), PASSWORD));

    Client admin = administrator(client());
    String id =
        GuardFlow.blocks(admin).stream()
            .filter(block -> block.path("source").asText().equals(address))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asText();
    assertEquals(204, admin.delete("/api/admin/blocks/" + id).status());

    await(FELT, () -> login(there, ada.username(), PASSWORD).status() == 200);
  }

  /** A client of the second node, without a token. */
  private Client other() {
    return SecondNode.client();
  }

  /** Registers a new user and logs in. */
  private Client.Reply session(Client client) {
    String name = freshName();
    assertEquals(201, register(client, name, PASSWORD).status());
    return login(client, name, PASSWORD);
  }

  private Client bearer(Client client, Client.Reply session) {
    return client.withToken(session.json().path("access_token").asText());
  }

  private Client.Reply refresh(Client client, Client.Reply session) {
    return TestUsers.refresh(client, session.json().path("refresh_token").asText());
  }

  private Client.Reply post(Client client, String path) {
    return client.send(client.request(path).POST(BodyPublishers.noBody()));
  }

  private List<Client.Reply> onBothAtOnce(int times, Function<Client, Client.Reply> request) {
    Client here = client();
    Client there = other();
    List<Callable<Client.Reply>> requests = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      requests.add(() -> request.apply(here));
      requests.add(() -> request.apply(there));
    }
    return atOnce(requests);
  }

  /** At once where it happened, soon elsewhere; also by a node that knows the token well. */
  private void assertFeltOnBoth(Client here, Client there) {
    assertTokenRefused(here.get("/api/protected"));
    await(FELT, () -> there.get("/api/protected").status() == 401);
    assertTokenRefused(there.get("/api/protected"));
  }

  private void assertRefreshRefused(Client.Reply reply) {
    assertProblem(401, "invalid-refresh-token", reply);
  }
}
