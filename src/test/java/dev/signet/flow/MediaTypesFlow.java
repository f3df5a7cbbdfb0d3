package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may send and ask for, and how a refusal says what to do instead. */
interface MediaTypesFlow extends Flow {
  /** RFC 9110, section 12.4.1: a server may disregard the header. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/jwk-set+json",
        "application/jwt",
        "application/token-introspection+jwt",
        "text/html,application/xhtml+xml;q=0.9",
        "application/xml;charset=utf-8",
        "*/*;q=0",
        ""
      })
  default void whatIsAskedForIsServedWhateverTypeIsAccepted(String accept) {
    for (String path :
        List.of(
            "/.well-known/jwks.json",
            "/.well-known/openid-configuration",
            "/.well-known/oauth-authorization-server",
            "/api/openapi",
            "/api/health/live")) {
      Client.Reply reply = client().send(client().request(path).setHeader("Accept", accept));

      assertEquals(200, reply.status(), () -> path + " " + reply);
      assertTrue(reply.json().isObject(), reply::toString);
    }
    for (String endpoint :
        List.of("token", "introspect", "revoke", "par", "device_authorization")) {
      Client.Reply reply =
          client()
              .send(
                  TestClients.form(client(), "/oauth2/" + endpoint, "grant_type=x&client_id=x")
                      .setHeader("Accept", accept));

      assertEquals("invalid_client", reply.json().path("error").asText(), reply::toString);
    }
  }

  /** RFC 7517, section 8.5.2. */
  @Test
  default void keySetHasItsRegisteredTypeForClientsThatAskForIt() {
    String path = "/.well-known/jwks.json";
    String registered = "application/jwk-set+json";
    Client.Reply json = client().get(path);
    Client.Reply keys = client().send(client().request(path).setHeader("Accept", registered));

    assertTrue(json.header("Content-Type").orElse("").startsWith("application/json"));
    assertTrue(keys.header("Content-Type").orElse("").startsWith(registered), keys::toString);
    assertEquals(json.body(), keys.body());
    for (Client.Reply reply : List.of(json, keys)) {
      assertTrue(reply.response().headers().allValues("Vary").toString().contains("Accept"));
    }
  }

  /** RFC 9110, section 15.5.16. */
  @ParameterizedTest
  @ValueSource(strings = {"/api/login", "/api/logout", "/oauth2/token", "/oauth2/revoke"})
  default void compressedBodyIsRefusedByItsCoding(String path) {
    for (String coding : List.of("gzip", "br", "gzip, identity")) {
      Client.Reply reply =
          client().send(body(path, "\u001f\u008b").setHeader("Content-Encoding", coding));

      assertEquals(415, reply.status(), reply::toString);
      assertEquals(Optional.of("identity"), reply.header("Accept-Encoding"));
    }
    Client.Reply plain = client().send(body(path, "").setHeader("Content-Encoding", "identity"));
    assertTrue(plain.status() != 415, plain::toString);
  }

  /** RFC 8259, section 8.1: a parser may ignore it. */
  @Test
  default void byteOrderMarkBeforeJsonIsIgnored() {
    String name = TestUsers.freshName();
    byte[] body =
        "\uFEFF{\"username\":\"%s\",\"password\":\"%s\"}"
            .formatted(name, TestUsers.PASSWORD)
            .getBytes(UTF_8);

    Client.Reply reply =
        client().send(json("/api/register").POST(BodyPublishers.ofByteArray(body)));

    assertEquals(201, reply.status(), reply::toString);
    assertProblem(400, "malformed-json", postText("/api/login", "\uFEFF"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/login, , application/json",
    "POST, /api/refresh, , application/json",
    "POST, /api/logout, , application/json",
    "PATCH, /api/me, user, 'application/merge-patch+json, application/json'",
    "PUT, /api/admin/clients/nobody, admin, application/json",
    "POST, /oauth2/register, admin, application/json",
    "POST, /oauth2/token, , application/x-www-form-urlencoded",
    "POST, /oauth2/introspect, , application/x-www-form-urlencoded",
    "POST, /oauth2/authorize, , application/x-www-form-urlencoded"
  })
  default void refusalOfAMediaTypeNamesTheOneThatIsTaken(
      String method, String path, String caller, String types) {
    Client client = caller(caller);
    Client.Reply reply =
        client.send(
            client
                .request(path)
                .header("Content-Type", "text/plain")
                .method(method, BodyPublishers.ofString("x")));

    assertEquals(415, reply.status(), reply::toString);
    assertEquals(Optional.of(types), reply.header("Accept"), reply::toString);
    assertEquals(
        method.equals("PATCH") ? Optional.of(types) : Optional.empty(),
        reply.header("Accept-Patch"));
    if (!path.endsWith("authorize")) { // which answers with a page
      String words =
          reply.json().path("detail").asText() + reply.json().path("error_description").asText();
      assertTrue(words.contains(types.split(", ", 2)[0]), reply::toString);
    }
  }

  /**
   * RFC 9110, sections 9.3.7 and 15.5.6. Two endpoints refuse HEAD, because JAX-RS would act as for
   * GET.
   */
  @ParameterizedTest
  @CsvSource({
    "/, 'GET,HEAD,OPTIONS'",
    "/docs, 'GET,HEAD,OPTIONS'",
    "/docs/, 'GET,HEAD,OPTIONS'",
    "/signet.css, 'GET,HEAD,OPTIONS'",
    "/.well-known/jwks.json, 'GET,HEAD,OPTIONS'",
    "/metrics, 'GET,HEAD,OPTIONS'",
    "/api/openapi, 'GET,HEAD,OPTIONS'",
    "/api/health/live, 'GET,HEAD,OPTIONS'",
    "/api/login, 'OPTIONS,POST'",
    "/api/refresh, 'OPTIONS,POST'",
    "/api/me, 'DELETE,GET,HEAD,OPTIONS,PATCH'",
    "/api/users, 'GET,HEAD,OPTIONS'",
    "/api/users/42, 'DELETE,GET,HEAD,OPTIONS,PATCH'",
    "/api/admin/clients/x, 'DELETE,GET,HEAD,OPTIONS,PUT'",
    "/oauth2/token, 'OPTIONS,POST'",
    "/oauth2/introspect, 'OPTIONS,POST'",
    "/oauth2/userinfo, 'GET,HEAD,OPTIONS,POST'",
    "/oauth2/register, 'OPTIONS,POST'",
    "/oauth2/register/x, 'DELETE,GET,HEAD,OPTIONS,PUT'",
    "/oauth2/authorize, 'GET,OPTIONS,POST'",
    "/oauth2/logout, 'GET,OPTIONS,POST'",
    "/oauth2/device, 'GET,HEAD,OPTIONS,POST'",
    "/oauth2/login, 'OPTIONS,POST'"
  })
  default void optionsAndRefusalsOfAMethodNameThoseThatThereAre(String path, String methods) {
    Client.Reply options = send("OPTIONS", path);
    assertTrue(options.status() < 300, options::toString);
    assertEquals(methods, allowed(options), options::toString);

    for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "NONSENSE")) {
      if (!methods.contains(method)) {
        Client.Reply reply = send(method, path);

        assertEquals(405, reply.status(), () -> method + " " + reply);
        assertEquals(methods, allowed(reply), () -> method + " " + reply);
      }
    }
  }

  private Client.Reply send(String method, String path) {
    return client().send(client().request(path).method(method, BodyPublishers.noBody()));
  }

  private static String allowed(Client.Reply reply) {
    return reply.response().headers().allValues("Allow").stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip)
        .sorted()
        .collect(Collectors.joining(","));
  }

  private Client caller(String caller) {
    if (caller == null) {
      return client();
    }
    return caller.equals("admin")
        ? TestUsers.administrator(client())
        : TestUsers.loggedIn(client()).client();
  }

  private HttpRequest.Builder body(String path, String text) {
    String type =
        path.startsWith("/api/") ? "application/json" : "application/x-www-form-urlencoded";
    return client().request(path).header("Content-Type", type).POST(BodyPublishers.ofString(text));
  }
}
