package dev.signet.domain.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.TestClock;
import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.base.settings.reading.Placeholders;
import dev.signet.domain.account.TestTransfer;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.client.Clients;
import dev.signet.domain.client.TestRegistration;
import dev.signet.domain.database.Store;
import dev.signet.domain.database.StoreContract;
import dev.signet.domain.user.User;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What import and export promise on every database. */
class TransferContract extends StoreContract {
  private static final String SECRET = "a-secret-of-at-least-32-characters";
  private static final String PASSWORD = "seven otters juggle plums";
  private static final String PASSPHRASE = "twelve plums a day";
  private static final Duration OVERLAP = Duration.ofHours(1);

  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final List<SecurityEvent> events = new ArrayList<>();
  private final String client = "c-" + UUID.randomUUID().toString().substring(1, 13);
  private final String user = "u" + UUID.randomUUID().toString().substring(1, 13);
  private Optional<String> passphrase = Optional.empty();
  @TempDir private Path directory;

  @Test
  void clientsAndUsersAreThereAfterwardsWithWhatTheEnvironmentSays() throws IOException {
    ImportFile read =
        apply(
            """
            {"clients": [{"client_id": "%s", "client_name": "${NAME:Shop}", "scope": "a b",
                          "grant_types": ["client_credentials"], "client_secret": "${SECRET}",
                          "audience": ["https://${NAME:shop}.example"]}],
             "users": [{"username": "%s", "email": "%2$s@example.org", "password": "${PASSWORD}",
                        "groups": ["user", "editor"]}]}
            """
                .formatted(client, user));

    assertEquals(1, read.changedClients());
    assertEquals(1, read.newUsers());
    assertEquals("Shop", clients(store()).find(client).orElseThrow().metadata().clientName());
    assertEquals(
        List.of("https://shop.example"),
        clients(store()).find(client).orElseThrow().metadata().audience());
    assertTrue(hasSecret(store(), SECRET));
    User added = new TestTransfer(store(), clock).login(user, PASSWORD).orElseThrow();
    assertEquals(Set.of("user", "editor"), Set.copyOf(added.groups()));
    assertEquals(Optional.of(user + "@example.org"), added.email());
  }

  @Test
  void sameFileAgainChangesNothing() throws IOException {
    String file =
        """
        {"clients": [{"client_id": "%s", "client_secret": "%s"}],
         "users": [{"username": "%s", "password": "%s"}]}
        """
            .formatted(client, SECRET, user, PASSWORD);
    apply(file);
    events.clear();

    ImportFile again = apply(file);

    assertEquals(0, again.changedClients());
    assertEquals(0, again.newUsers());
    assertEquals(List.of(), events);
  }

  @Test
  void onlyWhatIsNamedOfAClientIsChanged() throws IOException {
    apply(
        """
        {"clients": [{"client_id": "%s", "client_name": "Shop", "scope": "a", "client_secret": "%s"}]}
        """
            .formatted(client, SECRET));
    apply(
        """
        {"clients": [{"client_id": "%s", "scope": "a b", "client_secret": "another-%s"}]}
        """
            .formatted(client, SECRET));

    assertEquals("Shop", clients(store()).find(client).orElseThrow().metadata().clientName());
    assertEquals("a b", clients(store()).find(client).orElseThrow().metadata().scope());
    assertTrue(hasSecret(store(), "another-" + SECRET));
    assertTrue(hasSecret(store(), SECRET), "for the overlap");
    clock.advance(OVERLAP);
    assertFalse(hasSecret(store(), SECRET));
    assertEquals(
        List.of(EventType.CLIENT_REGISTERED, EventType.CLIENT_CHANGED),
        events.stream().map(SecurityEvent::type).toList());
  }

  @Test
  void userWhoIsThereIsNeitherChangedNorLost() throws IOException {
    String line =
        "{\"users\": [{\"username\": \"%s\", \"password\": \"%s\", \"groups\": [\"%s\"]}]}";
    apply(line.formatted(user, PASSWORD, "user"));

    apply(line.formatted(user, "nine herons mend nets", "admin"));
    apply("{\"users\": [{\"username\": \"%s\"}]}".formatted(user));
    apply("{\"users\": []}");

    User kept = new TestTransfer(store(), clock).login(user, PASSWORD).orElseThrow();
    assertEquals(Set.of("user"), Set.copyOf(kept.groups()));
  }

  @Test
  void exportWithSecretsWorksInAnotherSignet() throws IOException {
    apply(
        """
        {"clients": [{"client_id": "%s", "client_secret": "%s"}],
         "users": [{"username": "%s", "password": "%s", "groups": ["editor"]},
                   {"username": "off-%3$s", "password": "%4$s", "enabled": false}]}
        """
            .formatted(client, SECRET, user, PASSWORD));
    String file = export(Optional.of(PASSPHRASE));
    assertFalse(file.contains("argon2"), "no hash in clear");
    assertFalse(file.contains(clients(store()).find(client).orElseThrow().secretHash().get()));

    try (Store other = Store.memory()) {
      passphrase = Optional.of(PASSPHRASE);
      apply(other, file);

      assertTrue(hasSecret(other, SECRET));
      TestTransfer users = new TestTransfer(other, clock);
      User here = new TestTransfer(store(), clock).login(user, PASSWORD).orElseThrow();
      assertEquals(here.id(), users.login(user, PASSWORD).orElseThrow().id());
      assertEquals(Set.of("editor"), users.groups(user));
      assertEquals(Optional.empty(), users.login("off-" + user, PASSWORD), "still disabled");
    }
  }

  @Test
  void exportIsOpenedByItsPassphraseOnly() throws IOException {
    apply("{\"users\": [{\"username\": \"%s\", \"password\": \"%s\"}]}".formatted(user, PASSWORD));
    String file = export(Optional.of(PASSPHRASE));

    assertFault(file, "$.encrypted needs signet.import.passphrase.");
    passphrase = Optional.of(PASSPHRASE + "x");
    assertFault(file, "$.encrypted cannot be decrypted with signet.import.passphrase.");
    passphrase = Optional.of(PASSPHRASE);
    String swapped = file.replace("\"username\" : \"" + user, "\"username\" : \"x" + user);
    try (Store other = Store.memory()) {
      assertTrue(
          assertThrows(InvalidSettings.class, () -> apply(other, swapped))
              .getMessage()
              .endsWith(
                  ".encrypted cannot be decrypted: the value belongs to another entry or was"
                      + " modified."));
    }
  }

  @Test
  void exportWithoutSecretsHasNone() throws IOException {
    apply(
        """
        {"clients": [{"client_id": "%s", "client_secret": "%s"}],
         "users": [{"username": "%s", "password": "%s"}]}
        """
            .formatted(client, SECRET, user, PASSWORD));

    JsonNode file = TransferJson.MAPPER.readTree(export(Optional.empty()));

    assertFalse(file.has("encrypted"));
    for (String secret : List.of("secret", "password", "argon2", "encrypted")) {
      assertFalse(file.path("users").toString().contains(secret), secret);
    }
    assertFalse(file.toString().contains("\"encrypted\""));
    assertFalse(file.toString().contains("client_secret\""));
  }

  @Test
  void exportHasAllOfLongLists() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 101; i++) {
      all.append(i == 0 ? "" : ",").append("{\"client_id\": \"%s-%s\"}".formatted(client, i));
    }
    apply("{\"clients\": [" + all + "]}");

    JsonNode file = TransferJson.MAPPER.readTree(export(Optional.empty()));

    int found = 0;
    for (JsonNode each : file.path("clients")) {
      found += each.path("client_id").asText().startsWith(client + "-") ? 1 : 0;
    }
    assertEquals(101, found);
  }

  static Stream<List<String>> faults() {
    return Stream.of(
        List.of("[]", "$ must be an object."),
        List.of("{\"clients\": [", "the file cannot be read as JSON; look at line 1, column 14."),
        List.of("{\"roles\": []}", "$.roles is not supported."),
        List.of("{\"clients\": {}}", "$.clients must be an array."),
        List.of("{\"users\": [1]}", "$.users[0] must be an object."),
        List.of("{\"clients\": [{\"scope\": \"a\"}]}", "$.clients[0].client_id is required."),
        List.of(
            "{\"clients\": [{\"client_id\": \"a-a\", \"scopes\": \"a\"}]}",
            "$.clients[0].scopes is not supported or has the wrong type."),
        List.of(
            "{\"clients\": [{\"client_id\": \"a-a\", \"default_max_age\": 1.5}]}",
            "$.clients[0].default_max_age is not supported or has the wrong type."),
        List.of(
            "{\"clients\": [{\"client_id\": \"a-a\", \"redirect_uris\": [\"data:x\"]}]}",
            "$.clients[0].redirect_uris contains data:x, which must use https, or a"
                + " private-use scheme that is a reversed domain name (RFC 8252, section 7.1)."),
        List.of(
            "{\"clients\": [{\"client_id\": \"a-a\", \"client_secret\": \"short\"}]}",
            "$.clients[0].client_secret must have at least 32 characters: generate one."),
        List.of(
            "{\"clients\": [{\"client_id\": \"a-a\", \"encrypted\": \"x\"}]}",
            "$.encrypted must be the first member."),
        List.of(
            "{\"clients\": [{\"client_id\": \"a-a\", \"contacts\": [\"x\", \"${NOBODY}\"]}]}",
            "$.clients[0].contacts[1] needs NOBODY, which is not set."),
        List.of("{\"users\": [{\"password\": \"x\"}]}", "$.users[0].username is required."),
        List.of(
            "{\"users\": [{\"username\": \"new.one\"}]}",
            "$.users[0].password is required unless password_hash is given."),
        List.of(
            "{\"users\": [{\"username\": \"new.one\", \"password\": \"password\"}]}",
            "$.users[0].password is one of the most common passwords."),
        List.of(
            "{\"users\": [{\"username\": \"new.one\", \"password\": \"x\", \"password_hash\": \"x\"}]}",
            "$.users[0].password must not be combined with password_hash."),
        List.of(
            "{\"users\": [{\"username\": \"new.one\", \"password_hash\": \"$2b$12$abc\"}]}",
            "$.users[0].password_hash must be an Argon2id hash as a PHC string."),
        List.of(
            "{\"users\": [{\"username\": \"new.one\", \"password_hash\":"
                + " \"$argon2i$v=19$m=1024,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA\"}]}",
            "$.users[0].password_hash must be an Argon2id hash as a PHC string."),
        List.of(
            "{\"users\": [{\"username\": \"new.one\", \"password_hash\":"
                + " \"$argon2id$v=19$m=1025,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA\"}]}",
            "$.users[0].password_hash takes too much memory or time to check; the limit is at most"
                + " m=1024 KiB, a quarter of the heap, and m times t at most 1048576."),
        List.of(
            "{\"users\": [{\"username\": \"new.one\", \"password\": \"seven otters juggle plums\","
                + " \"groups\": [\"a b\"]}]}",
            "$.users[0].groups must be at most 30 names made of letters, digits and . _ : / -."),
        List.of(
            "{\"users\": [{\"username\": \"new.one\", \"password\": \"seven otters juggle plums\","
                + " \"id\": \"1\"}]}",
            "$.users[0].id must be a UUID that no other user has."),
        List.of(
            "{\"users\": [{\"username\": \"new.one\", \"password\": \"seven otters juggle plums\","
                + " \"password_expires_at\": \"soon\"}]}",
            "$.users[0].password_expires_at must be an RFC 3339 time."));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void faultStopsTheStartAndNamesItsPlace(List<String> fault) {
    assertFault(fault.get(0), fault.get(1));
  }

  @Test
  void fileThatIsNotThereStopsTheStart() {
    assertTrue(
        assertThrows(InvalidSettings.class, () -> file(store()).apply(directory.resolve("none")))
            .getMessage()
            .startsWith("signet.import: "));
  }

  @Test
  void weakPassphraseIsRefused() {
    for (String weak : new String[] {null, "", "eleven char", "x".repeat(257), "twelve plümes"}) {
      assertThrows(Refusal.class, () -> Export.check(weak));
    }
    Export.check(PASSPHRASE);
  }

  private void assertFault(String file, String fault) {
    assertEquals(
        "signet.import: " + fault,
        assertThrows(InvalidSettings.class, () -> apply(file), file).getMessage());
  }

  private ImportFile apply(String text) throws IOException {
    return apply(store(), text);
  }

  private ImportFile apply(Store store, String text) throws IOException {
    Path path = Files.writeString(directory.resolve("import.json"), text, StandardCharsets.UTF_8);
    ImportFile read = file(store);
    read.apply(path);
    return read;
  }

  private ImportFile file(Store store) {
    Map<String, String> environment = Map.of("SECRET", SECRET, "PASSWORD", PASSWORD);
    return new ImportFile(
        clients(store),
        new TestTransfer(store, clock).users(),
        new Placeholders(name -> Optional.ofNullable(environment.get(name))),
        passphrase,
        OVERLAP,
        () -> {});
  }

  private String export(Optional<String> with) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Export(clients(store()), new TestTransfer(store(), clock).users()).write(out, with);
    return out.toString(StandardCharsets.UTF_8);
  }

  private Clients clients(Store store) {
    return TestRegistration.transacted(store, clock, events);
  }

  private boolean hasSecret(Store store, String secret) {
    return TestRegistration.isSecretOf(
        clients(store).find(client).orElseThrow(), secret, clock.instant());
  }
}
