package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenMissing;
import static dev.signet.flow.TestUsers.OTHER_PASSWORD;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.freshName;
import static dev.signet.flow.TestUsers.login;
import static dev.signet.flow.TestUsers.refresh;
import static dev.signet.flow.TestUsers.register;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.flow.TestUsers.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Security events are recorded: in the log, in the database, and nowhere a secret. */
interface AuditFlow extends Flow {
  /** How soon an event is in the database; a busy machine may take longer. */
  Duration STORED = Duration.ofSeconds(10);

  /** What a node may lose of the table when it is killed. */
  Duration LOST = Duration.ofSeconds(1);

  @Test
  default void eachEventIsRecordedWithItsFields() {
    String address = TestUsers.freshAddress();
    Client here = client().from(address);
    Client administrator = TestUsers.administrator(client()).from(address);
    String by = administrator.get("/api/me").json().path("id").asText();
    String name = freshName();
    Client.Reply registered = register(here, name, PASSWORD);
    String ada = registered.json().path("id").asText();
    List<String> expected = new ArrayList<>();

    expected.add("registered success - by - of " + ada);
    login(here, name, OTHER_PASSWORD);
    expected.add("login_failed failure wrong_password by - of " + ada);
    login(here, "nobody-" + name, PASSWORD);
    expected.add("login_failed failure unknown_user by - of no...(" + (name.length() + 7) + ")");
    Tokens first = Tokens.of(login(here, name, PASSWORD));
    expected.add("logged_in success - by - of " + ada);
    Tokens second = Tokens.of(refresh(here, first.refresh()));
    expected.add("refreshed success - by - of " + ada);
    refresh(here, "unknown");
    expected.add("refresh_failed failure malformed by - of -");

    Client me = here.withToken(second.access());
    me.patch("/api/me", Map.of("email", name + "@example.org"));
    expected.add("user_changed success - by " + ada + " of " + ada);
    changePassword(me, OTHER_PASSWORD, "nine herons paint fences");
    expected.add("password_change_failed failure wrong_password by " + ada + " of " + ada);
    changePassword(me, PASSWORD, OTHER_PASSWORD);
    expected.add("password_changed success - by " + ada + " of " + ada);
    me.delete("/api/me/sessions");
    expected.add("session_ended success - by " + ada + " of " + ada);

    administrator.patch("/api/users/" + ada, Map.of("groups", List.of("user", "auditor")));
    expected.add("roles_changed success - by " + by + " of " + ada);
    administrator.patch("/api/users/" + ada, Map.of("enabled", false));
    expected.add("user_disabled success - by " + by + " of " + ada);
    login(here, name, OTHER_PASSWORD);
    expected.add("login_failed failure disabled by - of " + ada);
    refresh(here, second.refresh());
    expected.add("refresh_failed failure revoked by - of " + ada);
    administrator.patch("/api/users/" + ada, Map.of("enabled", true));
    expected.add("user_enabled success - by " + by + " of " + ada);

    Tokens third = Tokens.of(login(here, name, OTHER_PASSWORD));
    expected.add("logged_in success - by - of " + ada);
    post(here.withToken(third.access()), "/api/logout");
    expected.add("logged_out success - by " + ada + " of " + ada);
    Tokens fourth = Tokens.of(login(here, name, OTHER_PASSWORD));
    expected.add("logged_in success - by - of " + ada);
    administrator.post("/api/admin/tokens/revoke", Map.of("token", fourth.access()));
    expected.add("token_revoked success - by " + by + " of " + ada);
    administrator.post("/api/admin/tokens/revoke", Map.of("sid", session(fourth)));
    expected.add("session_revoked success - by " + by + " of " + ada);
    post(administrator, "/api/admin/users/" + ada + "/revoke");
    expected.add("user_revoked success - by " + by + " of " + ada);
    administrator.delete("/api/users/" + ada);
    expected.add("user_deleted success - by " + by + " of " + ada);

    List<JsonNode> events = recorded("source=" + address, expected.size());
    assertEquals(expected, events.stream().map(AuditFlow::told).toList());
    assertEquals(
        registered.header("X-Request-Id"),
        Optional.of(events.get(0).path("correlation_id").asText()));
    assertEquals("user -> auditor user", detailOf(events, "roles_changed"));
    assertEquals("session " + session(fourth), detailOf(events, "session_revoked"));
    assertTrue(events.stream().allMatch(event -> event.path("client").isNull()));
    assertEquals(
        events.stream().filter(event -> event.path("subject").asText().equals(ada)).toList(),
        recorded("subject=" + ada, 1));
    assertEquals(3, recorded("type=login_failed&source=" + address, 3).size());
  }

  @Test
  default void refreshTokenThatComesAgainIsRecorded() {
    String address = TestUsers.freshAddress();
    Client here = client().from(address);
    TestUsers.Person ada = TestUsers.loggedIn(here);
    Tokens tokens = TestUsers.tokens(here, ada);
    refresh(here, tokens.refresh());
    refresh(here, tokens.refresh());

    // With a grace, the second request is that of another tab; without, a replay.
    String last =
        System.getProperty(ServerSession.RUN).endsWith("-h2")
            ? "refresh_reused failure"
            : "refresh_repeated success";
    List<JsonNode> events = recorded("source=" + address, 5);
    assertEquals(last + " - by - of " + ada.id(), told(events.get(4)));
    assertEquals("session " + session(tokens), events.get(4).path("detail").asText());
  }

  @Test
  default void refreshThatAnotherSiteMayHaveSentIsRecorded() {
    String address = TestUsers.freshAddress();
    Client.Reply reply =
        client()
            .send(
                client()
                    .from(address)
                    .request("/api/refresh")
                    .header("Content-Type", "application/json")
                    .header("Cookie", "__Secure-signet-refresh=token")
                    .header("Origin", "https://evil.example")
                    .POST(BodyPublishers.ofString("{}")));

    assertProblem(403, "csrf", reply);
    assertEquals(
        "refresh_failed failure csrf by - of -", told(recorded("source=" + address, 1).get(0)));
  }

  @Test
  default void secretsAreInNoRecordAndNotInTheLog() {
    String address = TestUsers.freshAddress();
    Client here = client().from(address);
    String name = freshName();
    String password = "right-" + freshName();
    String wrong = "wrong-" + freshName();
    String next = "next-" + freshName();
    register(here, name, password);
    login(here, name, wrong);
    login(here, wrong, name); // Into the wrong field.
    Tokens tokens = Tokens.of(login(here, name, password));
    Tokens later = Tokens.of(refresh(here, tokens.refresh()));
    changePassword(here.withToken(later.access()), wrong, next);
    changePassword(here.withToken(later.access()), password, next);
    refresh(here, wrong);
    Client.Reply last = login(here, name, password);

    String records = recorded("source=" + address, 9).toString();
    String log = logWith("correlation=" + last.header("X-Request-Id").orElseThrow());
    for (String secret :
        List.of(
            password,
            wrong,
            next,
            tokens.access(),
            tokens.refresh(),
            later.access(),
            later.refresh())) {
      assertFalse(records.contains(secret), secret);
      assertFalse(log.contains(secret), secret);
    }
  }

  @Test
  default void lineBreaksInANameThatIsTriedAreEscapedInTheLog() {
    String address = TestUsers.freshAddress();
    String name = "\r\ntime=2026-01-01T00:00:00.000Z event=logged_in outcome=success";
    Client.Reply reply = login(client().from(address), name, PASSWORD);
    String correlation = reply.header("X-Request-Id").orElseThrow();

    String kept = "...(" + name.length() + ")";
    assertEquals("\r\n" + kept, recorded("source=" + address, 1).get(0).path("subject").asText());
    String line =
        logWith("correlation=" + correlation)
            .lines()
            .filter(each -> each.contains("correlation=" + correlation))
            .findFirst()
            .orElseThrow();
    assertTrue(
        line.contains(
            " event=login_failed outcome=failure reason=unknown_user source="
                + address
                + " actor=- subject=\"\\u000d\\u000a"
                + kept
                + "\" client=- "),
        line);
  }

  @Test
  default void theAuditIsForAdministratorsOnly() {
    assertProblem(403, "forbidden", TestUsers.loggedIn(client()).client().get("/api/admin/audit"));
    assertTokenMissing(client().get("/api/admin/audit"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"type=x", "subject=", "source=", "from=x", "to=2026", "limit=0", "after=x"})
  default void wrongParameterOfTheAuditIsNamed(String query) {
    assertProblem(
        400,
        "invalid-input",
        TestUsers.administrator(client()).get("/api/admin/audit?" + query),
        query.substring(0, query.indexOf('=')));
  }

  @Test
  default void startIsRecorded() {
    JsonNode start = recorded("type=started", 1).get(0);

    assertEquals(System.getProperty(ServerSession.URL), start.path("detail").asText());
    assertTrue(start.path("source").isNull());
    assertEquals("signet", start.path("correlation_id").asText());
  }

  /** It is longer than what is read at a time. */
  @Test
  default void exportIsWhatThePagesAre() {
    int count = 520;
    Instant begin = Instant.now().minusMillis(1);
    for (int i = 0; i < count; i++) {
      refresh(client(), "unknown");
    }
    String query = "type=refresh_failed&from=" + begin;
    List<JsonNode> pages = recorded(query, count);
    Client administrator = TestUsers.administrator(client());
    Client.Reply export =
        administrator.send(
            administrator
                .request("/api/admin/audit?" + query)
                .setHeader("Accept", "application/x-ndjson"));

    assertEquals(count, pages.size());
    assertEquals(200, export.status());
    assertEquals(Optional.of("application/x-ndjson"), export.header("Content-Type"));
    assertEquals(Optional.of("no-store"), export.header("Cache-Control"));
    List<String> lines = new ArrayList<>(pages.stream().map(JsonNode::toString).toList());
    Collections.reverse(lines);
    assertEquals(lines, export.body().lines().toList());
  }

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void keyRotationIsRecorded() {
    String address = TestUsers.freshAddress();
    Client administrator = TestUsers.administrator(client()).from(address);
    String by = administrator.get("/api/me").json().path("id").asText();
    Client.Reply[] rotated = new Client.Reply[1];
    await(
        Duration.ofSeconds(30),
        () -> {
          rotated[0] = post(administrator, "/api/admin/keys/rotate");
          return rotated[0].status() == 201;
        });
    String id = rotated[0].json().path("id").asText();
    // The next rotation of another test must not find one waiting.
    await(
        Duration.ofSeconds(30),
        () ->
            items(administrator.get("/api/admin/keys").json())
                .anyMatch(
                    key ->
                        key.path("id").asText().equals(id)
                            && key.path("state").asText().equals("signing")));

    JsonNode event = recorded("source=" + address, 1).get(0);
    assertEquals("key_rotated success - by " + by + " of -", told(event));
    assertTrue(event.path("detail").asText().startsWith("key " + id + " signs from "));
  }

  @OnTwoNodes
  default void nodeThatIsKilledLosesNoAnswerItGaveAndAtMostASecondOfTheTable() {
    Instant begin = Instant.now().minusMillis(1);
    Load load = new Load(SecondNode.client());
    load.start();
    await(Duration.ofMinutes(2), () -> load.rounds() >= 12);

    Instant killed = Instant.now();
    SecondNode.kill();
    load.awaitEnd();
    await(NodesFlow.FELT, () -> load.isEndFelt(client()));

    String log = SecondNode.securityLog();
    for (String correlation : load.correlations()) {
      assertTrue(log.contains(" correlation=" + correlation + " "), correlation);
    }
    Set<String> stored = stored(begin);
    Map<String, Instant> logged = logged(log, begin);
    assertTrue(logged.keySet().stream().anyMatch(stored::contains), "some are stored");
    logged.forEach(
        (id, time) ->
            assertTrue(
                stored.contains(id) || time.isAfter(killed.minus(LOST)),
                () -> "lost, although of " + time + ", and killed at " + killed));
    load.assertNothingIsLost(client());
  }

  @OnTwoNodes
  @DisabledIfSystemProperty(
      named = ServerSession.RUN,
      matches = "payara-.*",
      disabledReason = "Payara Micro may end before its applications have stopped.")
  default void nodeThatIsStoppedStoresWhatWaits() {
    Client there = SecondNode.client();
    Instant begin = Instant.now().minusMillis(1);
    for (int i = 0; i < 30; i++) {
      refresh(there, "unknown");
    }

    SecondNode.stop();

    Map<String, Instant> logged = logged(SecondNode.securityLog(), begin);
    assertEquals(30, logged.size());
    assertTrue(stored(begin).containsAll(logged.keySet()));
  }

  /** The events that a log has from a time on, and when they happened. */
  private static Map<String, Instant> logged(String log, Instant from) {
    return Pattern.compile("time=(\\S+) event=\\S+ .* id=([0-9a-f-]{36}) ")
        .matcher(log)
        .results()
        .filter(event -> Instant.parse(event.group(1)).isAfter(from))
        .collect(
            Collectors.toMap(
                (MatchResult event) -> event.group(2), event -> Instant.parse(event.group(1))));
  }

  /** The events of all nodes in the database. */
  private Set<String> stored(Instant from) {
    Client administrator = TestUsers.administrator(client());
    return administrator
        .send(
            administrator
                .request("/api/admin/audit?from=" + from)
                .setHeader("Accept", "application/x-ndjson"))
        .body()
        .lines()
        .map(line -> line.substring(7, 7 + 36)) // {"id":"
        .collect(Collectors.toSet());
  }

  /** Waits until so many are stored, and returns all, oldest first. */
  private List<JsonNode> recorded(String query, int least) {
    Client administrator = TestUsers.administrator(client());
    List<JsonNode> events = new ArrayList<>();
    await(
        STORED,
        () -> {
          events.clear();
          String after = "";
          while (after != null) {
            JsonNode page = administrator.get("/api/admin/audit?limit=100&" + query + after).json();
            items(page).forEach(event -> events.add(0, event));
            after = page.path("next").isTextual() ? "&after=" + page.path("next").asText() : null;
          }
          return events.size() >= least;
        });
    return events;
  }

  private static Stream<JsonNode> items(JsonNode page) {
    return StreamSupport.stream(page.path("items").spliterator(), false);
  }

  private static String told(JsonNode event) {
    return String.join(
        " ",
        event.path("type").asText(),
        event.path("outcome").asText(),
        event.path("reason").asText("-"),
        "by",
        event.path("actor").asText("-"),
        "of",
        event.path("subject").asText("-"));
  }

  private static String detailOf(List<JsonNode> events, String type) {
    return events.stream()
        .filter(event -> event.path("type").asText().equals(type))
        .map(event -> event.path("detail").asText())
        .collect(Collectors.joining());
  }

  /** The session that an access token belongs to. */
  private static String session(Tokens tokens) {
    try {
      return Forgery.part(tokens.access(), 1).path("sid").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void changePassword(Client client, String from, String to) {
    client.post("/api/me/password", Map.of("old_password", from, "new_password", to));
  }

  private static Client.Reply post(Client client, String path) {
    return client.send(client.request(path).POST(BodyPublishers.noBody()));
  }

  /** The log of the server under test, as soon as it has that. */
  private String logWith(String text) {
    Path directory = Path.of(System.getProperty(ServerSession.DIRECTORY));
    String[] log = new String[1];
    await(
        STORED,
        () -> {
          try (Stream<Path> files = Files.walk(directory, 6)) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                files
                    .filter(each -> !each.startsWith(directory.resolve("postgresql")))
                    .filter(
                        each ->
                            each.toString().matches(".*/(server\\.log(\\.[0-9]+)?|messages\\.log)"))
                    .toList()) {
              all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            log[0] = all.toString();
            return log[0].contains(text);
          } catch (IOException | UncheckedIOException e) {
            return false; // A file has gone while it was looked at; others may have the text.
          }
        });
    return log[0];
  }
}
