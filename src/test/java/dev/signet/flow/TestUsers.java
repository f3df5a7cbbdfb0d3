package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Users of a running Signet; each call registers another one. */
final class TestUsers {
  static final String PASSWORD = "violet-harbor-quiet-71";
  static final String OTHER_PASSWORD = "amber-lantern-slow-29";

  /** A user who is registered and logged in. */
  record Person(Client client, String id, String username) {}

  /** What a login or a refresh gives. */
  record Tokens(String access, String refresh) {
    static Tokens of(Client.Reply reply) {
      assertEquals(200, reply.status(), reply::toString);
      return new Tokens(
          reply.json().path("access_token").asText(), reply.json().path("refresh_token").asText());
    }
  }

  private TestUsers() {}

  static String freshName() {
    return "u" + UUID.randomUUID().toString().replace("-", "");
  }

  /** An address that no other test comes from, for {@link Client#from}. */
  static String freshAddress() {
    int random = ThreadLocalRandom.current().nextInt(1 << 24);
    return "10.%s.%s.%s".formatted(random >> 16, random >> 8 & 0xff, random & 0xff);
  }

  static Person loggedIn(Client anonymous) {
    String username = freshName();
    Client.Reply registered = register(anonymous, username, PASSWORD);
    assertEquals(201, registered.status(), registered::toString);
    return new Person(
        anonymous.withToken(token(anonymous, username, PASSWORD)),
        registered.json().path("id").asText(),
        username);
  }

  static Client administrator(Client anonymous) {
    return anonymous.withToken(token(anonymous, "admin", ServerSession.ADMIN_PASSWORD));
  }

  static Client.Reply register(Client anonymous, String username, String password) {
    return anonymous.post("/api/register", Map.of("username", username, "password", password));
  }

  static Client.Reply login(Client anonymous, String username, String password) {
    return anonymous.post("/api/login", Map.of("username", username, "password", password));
  }

  /** Opens another session of a user. */
  static Tokens tokens(Client anonymous, Person person) {
    return Tokens.of(login(anonymous, person.username(), PASSWORD));
  }

  static Client.Reply refresh(Client anonymous, String token) {
    return anonymous.post("/api/refresh", Map.of("refresh_token", token));
  }

  static String token(Client anonymous, String username, String password) {
    Client.Reply reply = login(anonymous, username, password);
    assertEquals(200, reply.status(), reply::toString);
    return reply.json().path("access_token").asText();
  }
}
