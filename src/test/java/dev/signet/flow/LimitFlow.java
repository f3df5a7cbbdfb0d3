package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenRefused;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.freshAddress;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.flow.TestUsers.Person;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rate limits. Each test uses its own source address. */
interface LimitFlow extends Flow {
  /** A policy in {@code RateLimit-Policy}. */
  Pattern QUOTA = Pattern.compile("\"register-source\";q=(\\d+);w=600");

  Pattern STANDING = Pattern.compile("\"[a-z-]+\";r=\\d+;t=[1-9]\\d*");

  /** How many registrations a source has at once, as an answer to one tells. */
  static int registrations(Client.Reply reply) {
    Matcher quota = QUOTA.matcher(reply.header("RateLimit-Policy").orElse(""));
    assertTrue(quota.find(), reply::toString);
    return Integer.parseInt(quota.group(1));
  }

  /** An attempt that costs the server little, and counts. */
  static Client.Reply emptyRegistration(Client client) {
    return client.post("/api/register", Map.of());
  }

  @Test
  default void massRegistrationIsStopped() {
    Client bot = client().from(freshAddress());
    int quota = registrations(emptyRegistration(bot));

    int taken = 1;
    Client.Reply next = emptyRegistration(bot);
    while (taken < 2 * quota && next.status() == 400) {
      taken++;
      next = emptyRegistration(bot);
    }

    // Some may have been refilled meanwhile, one in six seconds at most.
    int all = taken;
    assertTrue(all >= quota && all < 2 * quota, () -> "taken " + all);
    Client.Reply refused = next;
    assertProblem(429, "rate-limited", refused);
    assertTrue(
        refused.header("Retry-After").orElse("").matches("[1-9]\\d{0,2}"), refused::toString);
    assertTrue(
        refused.header("RateLimit").orElse("").startsWith("\"register-source\";r=0;t="),
        refused::toString);
    assertEquals(quota, registrations(refused));
    Client other = client().from(freshAddress());
    assertEquals(201, TestUsers.register(other, TestUsers.freshName(), PASSWORD).status());
    assertEquals(200, bot.get("/api/optional").status(), "other calls have limits of their own");
  }

  @Test
  default void answersTellTheirLimits() {
    Client ada = TestUsers.loggedIn(client()).client().from(freshAddress());
    Client.Reply first = ada.get("/api/protected");
    Client.Reply second = ada.get("/api/protected");

    assertEquals(200, first.status(), first::toString);
    assertEquals(
        Optional.of("\"api-source\";q=60000;w=60, \"api-account\";q=60000;w=60"),
        first.header("RateLimit-Policy"),
        first::toString);
    for (Client.Reply reply : List.of(first, second)) {
      assertTrue(reply.header("RateLimit").orElse("").contains(";r=5999"), reply::toString);
      assertTrue(STANDING.matcher(reply.header("RateLimit").orElse("")).matches(), reply::toString);
    }
  }

  /** The limit applies whether a resource or the mechanism responds, or the path does not exist. */
  @ParameterizedTest
  @ValueSource(strings = {"/api/optional", "/api/me", "/api/nothing", "/api/openapi"})
  default void everyAnswerOfTheApiCounts(String path) {
    Client anybody = client().from(freshAddress());
    for (Client client : List.of(anybody, anybody.withToken("x"))) {
      Client.Reply reply = client.get(path);
      assertTrue(
          reply.header("RateLimit-Policy").orElse("").startsWith("\"api-source\";q=60000;w=60"),
          reply::toString);
    }
    assertTokenRefused(anybody.withToken("x").get("/api/me"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/health/live",
        "/api/health/ready",
        "/api/health/started",
        "/.well-known/jwks.json"
      })
  default void healthAndPublicKeysAreNotLimited(String path) {
    Client.Reply reply = client().from(freshAddress()).get(path);

    assertEquals(200, reply.status(), reply::toString);
    assertEquals(Optional.empty(), reply.header("RateLimit-Policy"));
  }

  @Test
  default void allowedNetworksAreNotLimited() {
    Client.Reply reply = emptyRegistration(client());

    assertEquals(400, reply.status());
    assertEquals(Optional.empty(), reply.header("RateLimit-Policy"));
  }

  /** Attempts from many addresses count together, also for a name that does not exist. */
  @Test
  default void loginsOfOneNameAreLimitedWhereverTheyComeFrom() {
    Person ada = TestUsers.loggedIn(client());
    for (String name : List.of(ada.username(), TestUsers.freshName())) {
      Client.Reply reply = TestUsers.login(client().from(freshAddress()), name, "not the password");
      assertProblem(401, "invalid-credentials", reply);
      assertEquals(
          Optional.of(
              "\"api-source\";q=60000;w=60, \"login-source\";q=300;w=60,"
                  + " \"login-account\";q=60;w=60"),
          reply.header("RateLimit-Policy"));
      assertEquals(Optional.of("\"login-account\";r=59;t=1"), reply.header("RateLimit"));
      Client.Reply shouted =
          TestUsers.login(client().from(freshAddress()), name.toUpperCase(Locale.ROOT), "nor this");
      assertTrue(
          shouted.header("RateLimit").orElse("").matches("\"login-account\";r=5[89];t=[12]"),
          shouted::toString);
    }
  }

  /** Its path can be written in several ways. */
  @ParameterizedTest
  @ValueSource(strings = {"/api/%72egister", "/api/register;x=1", "/api//register"})
  default void otherSpellingOfAPathIsNoWayRoundItsLimit(String path) {
    Client.Reply reply =
        client()
            .send(
                client()
                    .from(freshAddress())
                    .request(path)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}")));

    // Either there is nothing at this address, or it counts as what it is.
    if (reply.status() == 400 && reply.body().contains("username")) {
      registrations(reply);
    } else {
      assertTrue(reply.status() >= 400 && reply.status() < 500, reply::toString);
    }
  }
}
