package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenMissing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Keys change while requests are served. On PostgreSQL the keys are in the database, and Signet
 * makes them; on H2 they are in a JWK set file, and the operator does.
 */
interface KeysFlow extends Flow {
  /** Whether Signet makes and rotates the keys of this run. */
  static boolean areInDatabase() {
    return System.getProperty(ServerSession.ENCRYPTION) != null;
  }

  @Test
  default void keysAreForAdministratorsOnly() {
    Client user = TestUsers.loggedIn(client()).client();

    assertProblem(403, "forbidden", user.get("/api/admin/keys"));
    assertProblem(403, "forbidden", user.post("/api/admin/keys/rotate", Map.of()));
    assertTokenMissing(client().get("/api/admin/keys"));
    assertTokenMissing(client().post("/api/admin/keys/rotate", Map.of()));
  }

  @Test
  default void keyMaterialIsNotShown() {
    Client.Reply reply = TestUsers.administrator(client()).get("/api/admin/keys");

    assertEquals(200, reply.status(), reply::toString);
    assertTrue(reply.json().path("next").isNull());
    Set<String> states = new HashSet<>();
    for (JsonNode key : reply.json().path("items")) {
      Set<String> members = new HashSet<>();
      key.fieldNames().forEachRemaining(members::add);
      assertEquals(
          Set.of(
              "id",
              "algorithm",
              "state",
              "published_at",
              "signs_from",
              "retired_at",
              "verifies_until"),
          members);
      states.add(key.path("state").asText());
    }
    assertTrue(states.contains("signing"), reply::toString);
  }

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void administratorRotatesUnderLoadAndNoRequestFails() throws Exception {
    Client administrator = TestUsers.administrator(client());
    List<String> next = new ArrayList<>();

    underLoad(
        () -> {
          Client.Reply rotated = administrator.send(rotation(administrator));
          assertEquals(201, rotated.status(), rotated::toString);
          assertEquals("published", rotated.json().path("state").asText());
          String id = rotated.json().path("id").asText();
          next.add(id);
          assertTrue(published(client()).contains(id), "published at once");
          await(() -> signs(id));
          return id;
        });

    assertEquals("signing", state(administrator, next.get(0)));
    assertEquals(200, administrator.get("/api/users").status(), "token of the former key");
  }

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-h2")
  default void operatorRotatesToAnotherAlgorithmUnderLoadAndNoRequestFails() throws Exception {
    Client administrator = TestUsers.administrator(client());
    Path file = Path.of(System.getProperty(ServerSession.DIRECTORY), ServerSession.JWKS);
    List<JWK> former = JWKSet.parse(Files.readString(file)).getKeys();
    JWK next = ecKey();

    underLoad(
        () -> {
          write(file, former, List.of(next));
          await(() -> published(client()).contains(next.getKeyID()));
          assertEquals("published", state(administrator, next.getKeyID()));
          write(file, List.of(next), former);
          await(() -> signs(next.getKeyID()));
          return next.getKeyID();
        });

    assertEquals("signing", state(administrator, next.getKeyID()));
    assertEquals(200, administrator.get("/api/users").status(), "token of the former key");
    String token = TestUsers.token(client(), "admin", ServerSession.ADMIN_PASSWORD);
    assertEquals("ES256", part(token).path("alg").asText());
    assertProblem(409, "rotation-refused", administrator.send(rotation(administrator)));
  }

  @OnTwoNodes
  default void keyMadeByOneNodeSignsOnBothAndTokensPassOnBothThroughout() {
    Client other = SecondNode.client();
    Client administrator = TestUsers.administrator(client());
    List<Client.Reply> rotated = new ArrayList<>();
    await( // while the key of another test is on its way
        () -> {
          rotated.add(administrator.send(rotation(administrator)));
          return rotated.get(rotated.size() - 1).status() == 201;
        });
    String id = rotated.get(rotated.size() - 1).json().path("id").asText();
    await(() -> published(other).contains(id));

    await(
        () -> {
          assertEquals(200, here(other).get("/api/me").status());
          assertEquals(200, there(other).get("/api/me").status());
          return signs(client(), id) && signs(other, id);
        });

    assertEquals(200, here(other).get("/api/me").status());
    assertEquals(200, administrator.on(other).get("/api/me").status(), "token of the former key");
  }

  /** Returns a client of this node with the token of a login at the other node. */
  private Client here(Client other) {
    return TestUsers.administrator(other).on(client());
  }

  /** Returns a client of the other node with the token of a login at this node. */
  private Client there(Client other) {
    return TestUsers.administrator(client()).on(other);
  }

  /** One client calls with an old token, one logs in and calls with the new one, all the time. */
  private void underLoad(Callable<String> rotation) throws Exception {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch loggedIn = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Integer> calls =
          threads.submit(
              () -> {
                int count = 0;
                for (; !over.get(); count++) {
                  Client.Reply reply = ada.client().get("/api/protected");
                  assertEquals(200, reply.status(), reply::toString);
                }
                return count;
              });
      Future<Set<String>> logins =
          threads.submit(
              () -> {
                Set<String> signers = new HashSet<>();
                while (!over.get()) {
                  long begin = System.nanoTime();
                  Set<String> known = published(client());
                  String token = TestUsers.token(client(), ada.username(), TestUsers.PASSWORD);
                  String signer = part(token).path("kid").asText();
                  // A key is published three seconds before it signs, which a slow round may miss.
                  boolean slow = System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(2);
                  assertTrue(slow || known.contains(signer), "known before it signs");
                  assertEquals(200, client().withToken(token).get("/api/protected").status());
                  signers.add(signer);
                  loggedIn.countDown();
                }
                return signers;
              });
      String next;
      try {
        assertTrue(loggedIn.await(60, TimeUnit.SECONDS));
        next = rotation.call();
      } finally {
        over.set(true);
      }
      assertTrue(calls.get() > 0);
      Set<String> signers = logins.get();
      assertFalse(signers.equals(Set.of(next)), "logged in before the change as well");
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean signs(String id) {
    return signs(client(), id);
  }

  private static boolean signs(Client node, String id) {
    String token = TestUsers.token(node, "admin", ServerSession.ADMIN_PASSWORD);
    return part(token).path("kid").asText().equals(id);
  }

  private static String state(Client administrator, String id) {
    for (JsonNode key : administrator.get("/api/admin/keys").json().path("items")) {
      if (key.path("id").asText().equals(id)) {
        return key.path("state").asText();
      }
    }
    return "absent";
  }

  private static Set<String> published(Client client) {
    Set<String> ids = new HashSet<>();
    for (JsonNode key : client.get("/.well-known/jwks.json").json().path("keys")) {
      ids.add(key.path("kid").asText());
    }
    return ids;
  }

  /** Asks for the next key. */
  static HttpRequest.Builder rotation(Client administrator) {
    return administrator
        .request("/api/admin/keys/rotate")
        .POST(HttpRequest.BodyPublishers.noBody());
  }

  private static JsonNode part(String token) {
    try {
      return Forgery.part(token, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, List<JWK> first, List<JWK> last) throws IOException {
    List<JWK> all = new ArrayList<>(first);
    all.addAll(last);
    Files.writeString(file, new JWKSet(all).toString(false));
  }

  private static JWK ecKey() throws JOSEException {
    return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
  }

  /** Asks again and again: a file is looked at every ten seconds. */
  private void await(BooleanSupplier condition) {
    await(Duration.ofMinutes(1), condition);
  }
}
