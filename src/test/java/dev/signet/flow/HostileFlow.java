package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Wire.announcement;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send too much, too slowly, or to a different host. */
interface HostileFlow extends Flow {
  /** Twice as many as a server has threads. */
  int SLOW_BODIES = 256;

  int SLOW_HEADS = 1_000;

  /**
   * When the servers end a read to which nothing comes; until then, nobody makes room by himself.
   */
  Duration READ_TIMEOUT = Duration.ofSeconds(20);

  @Test
  default void jsonWithTooManyOrTooLongMembersIsRefused() {
    String members =
        IntStream.range(0, 5_500).mapToObj(i -> "\"" + i + "\":0").collect(Collectors.joining(","));

    assertProblem(400, "malformed-json", postText("/api/login", "{" + members + "}"));
    assertProblem(
        400, "malformed-json", postText("/api/login", "{\"" + "x".repeat(60_000) + "\":0}"));
    assertProblem(
        400, "malformed-json", postText("/api/login", "{\"x\":" + "9".repeat(60_000) + "}"));
  }

  @Test
  default void passwordsAreBounded() {
    assertProblem(
        400,
        "invalid-input",
        TestUsers.login(client(), TestUsers.freshName(), "x".repeat(60_000)),
        "password");
  }

  /** A password of a megabyte, or a body of a hundred; the refusal comes before they do. */
  @ParameterizedTest
  @ValueSource(ints = {1 << 20, 100 << 20})
  default void megabytesAreRefusedWhenTheyAreAnnounced(int length) {
    try (Wire wire = Wire.to(client())) {
      wire.send(announcement("/api/login", length) + "{\"password\":\"" + "x".repeat(1_000));

      await(Duration.ofSeconds(10), wire::isOver);
      String answer = wire.head();
      assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
    }
  }

  @Test
  default void tenThousandParametersAreRefused() {
    try (Wire wire = Wire.to(client())) {
      String answer =
          wire.send(
                  "GET /api/health/live?"
                      + "x=1&".repeat(10_000)
                      + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
              .answer();

      assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: -1\r\n\r\n{}",
        "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      })
  default void ambiguousLengthOfABodyIsRefused(String rest) {
    try (Wire wire = Wire.to(client())) {
      String answer =
          wire.send(
                  "POST /api/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                      + "Content-Type: application/json\r\n"
                      + rest)
              .answer();

      assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer);
    }
  }

  @Test
  default void forgedHostChangesNoLink() {
    List<String> wrong = new ArrayList<>();
    String name = TestUsers.freshName();
    String body = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, TestUsers.PASSWORD);
    for (String request :
        List.of(
            "GET /docs",
            "GET /example",
            "GET /META-INF",
            "GET /META-INF/maven",
            "GET /WEB-INF",
            "GET /WEB-INF/classes",
            "GET /docs/..",
            "GET /docs//..",
            "GET /docs/..;x",
            "GET /docs/%2e%2e",
            "GET /api/..",
            "GET /META-INF/..",
            "GET /unknown/..",
            "GET /.",
            "GET //docs",
            "GET /unknown",
            "GET /api/protected",
            "GET /api/openapi",
            "GET /.well-known/jwks.json",
            "GET /.well-known/openid-configuration",
            "GET /.well-known/oauth-authorization-server",
            "GET /oauth2/authorize",
            "GET /oauth2/authorize?client_id=x",
            "GET /oauth2/logout",
            "GET /oauth2/device",
            "GET /oauth2/userinfo",
            "POST /api/register")) {
      try (Wire wire = Wire.to(client())) {
        String answer =
            wire.send(
                    request
                        + " HTTP/1.1\r\nHost: attacker.example\r\nConnection: close\r\n"
                        + "X-Forwarded-Host: attacker.example\r\nForwarded: host=attacker.example\r\n"
                        + (request.startsWith("POST")
                            ? "Content-Type: application/json\r\nContent-Length: "
                                + body.length()
                                + "\r\n\r\n"
                                + body
                            : "\r\n"))
                .answer();

        assertTrue(answer.startsWith("HTTP/1.1 "), request);
        if (answer.contains("attacker")) {
          wrong.add(request + ": " + answer);
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(200, TestUsers.login(client(), name, TestUsers.PASSWORD).status());
  }

  @Test
  default void whileThousandClientsSendTheirHeadersSlowlyHealthAnswers() {
    List<Wire> slow = new ArrayList<>();
    try {
      for (int i = 0; i < SLOW_HEADS; i++) {
        slow.add(Wire.to(client()).send("GET /api/health/live HTTP/1.1\r\nHost: localhost\r\nX: "));
      }
      assertAnswersWithin(Duration.ofSeconds(1), client(), "/api/health/live");
      assertTrue(slow.stream().noneMatch(Wire::isOver));
    } finally {
      slow.forEach(Wire::close);
    }
  }

  @OneDatabase
  @Test
  default void whileBodiesComeSlowlyOthersAreServed() {
    Client ada = TestUsers.loggedIn(client()).client();
    List<Wire> slow = new ArrayList<>();
    try {
      for (int i = 0; i < SLOW_BODIES; i++) {
        slow.add(Wire.to(client()).send(announcement("/api/login", 100) + "{\"user"));
      }
      for (String path : List.of("/api/health/live", "/api/me")) {
        assertAnswersWithin(READ_TIMEOUT.dividedBy(2), ada, path);
      }
      assertFalse(slow.stream().allMatch(Wire::isOver));
      // Those for whom there is no room are told so, and the others when their time is over.
      await(Duration.ofSeconds(60), () -> slow.stream().allMatch(Wire::isOver));
      assertEquals(401, TestUsers.login(client(), TestUsers.freshName(), "x").status());
    } finally {
      slow.forEach(Wire::close);
    }
  }

  @OneDatabase
  @Test
  @DisabledIfSystemProperty(
      named = ServerSession.RUN,
      matches = "wildfly-.*",
      disabledReason = "It is told to wait for bodies without a thread, and may wait longer.")
  default void bodyThatTricklesIsNotWaitedForLong() {
    try (Wire wire = Wire.to(client())) {
      wire.send(announcement("/api/login", 65_000) + "{");

      await(Duration.ofSeconds(60), () -> wire.isOver() || !wire.takes(" "));
      String answer = wire.head();
      assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 408 "), answer);
    }
  }

  private static void assertAnswersWithin(Duration time, Client client, String path) {
    Client.Reply reply = client.send(client.request(path).timeout(time));

    assertEquals(200, reply.status(), reply::toString);
  }
}
