package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.problem.Problem;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the API takes bad requests, and what browsers are told. */
interface WebFlow extends Flow {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "text/plain",
        "application/xml",
        "multipart/form-data"
      })
  default void otherMediaTypesAreRefused(String mediaType) {
    Client.Reply reply =
        client()
            .send(
                client()
                    .request("/api/login")
                    .header("Content-Type", mediaType)
                    .POST(BodyPublishers.ofString("{}")));

    assertProblem(415, "unsupported-media-type", reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "\"text\"",
        "{} {}",
        "{\"username\":\"a\",\"username\":\"b\"}"
      })
  default void whatIsNoJsonObjectIsRefused(String body) {
    assertProblem(400, "malformed-json", postText("/api/login", body));
  }

  @Test
  default void deeplyNestedJsonIsRefused() {
    String deep = "{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

    assertProblem(400, "malformed-json", postText("/api/login", deep));
  }

  @Test
  default void membersOfTheWrongTypeAreNamed() {
    assertProblem(
        400,
        "invalid-input",
        postText("/api/login", "{\"username\":{\"x\":1},\"password\":\"y\"}"),
        "username");
    assertProblem(
        400,
        "invalid-input",
        postText("/api/login", "{\"username\":\"x\",\"password\":12345678}"),
        "password");
  }

  @Test
  default void refusalsDoNotRepeatTheBody() {
    Client.Reply reply = postText("/api/login", "{\"username\":\"x\",\"password\":\"hunter2\",}");

    assertProblem(400, "malformed-json", reply);
    assertFalse(reply.body().contains("hunter2"));
  }

  @Test
  default void longBodyIsRefusedAnnouncedOrNot() {
    byte[] body =
        "{\"username\":\"%s\"}".formatted("x".repeat(70_000)).getBytes(StandardCharsets.UTF_8);

    assertProblem(
        413, "too-large", client().send(json("/api/login").POST(BodyPublishers.ofByteArray(body))));
    assertProblem(
        413,
        "too-large",
        client()
            .send(
                json("/api/login")
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))));
  }

  @Test
  default void unknownPathsAndMethodsAreProblemsToo() {
    assertProblem(404, "not-found", client().get("/api/unknown"));
    assertProblem(404, "not-found", client().get("/unknown"));
    Client.Reply reply = client().delete("/api/login");
    assertEquals(405, reply.status(), reply::toString);
    assertEquals(Optional.of("application/problem+json"), reply.header("Content-Type"));
    assertTrue(reply.header("Allow").orElse("").contains("POST"), reply::toString);
  }

  @Test
  default void pageSaysWhichMethodsItHas() {
    Client.Reply reply =
        client().send(client().request("/oauth2/login").setHeader("Accept", "text/html").DELETE());

    assertEquals(405, reply.status(), reply::toString);
    assertTrue(reply.header("Content-Type").orElse("").startsWith("text/html"), reply::toString);
    assertTrue(reply.header("Allow").orElse("").contains("POST"), reply::toString);
  }

  /** RFC 7396, section 4. */
  @Test
  default void changeMayHaveTheTypeOfAMergePatch() {
    TestUsers.Person person = TestUsers.loggedIn(client());
    Client ada = person.client();
    String address = person.username() + "@example.org";
    assertEquals(200, ada.patch("/api/me", Map.of("email", address)).status());

    Client.Reply reply =
        ada.send(
            ada.request("/api/me")
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString("{\"email\":null}")));

    assertEquals(200, reply.status(), reply::toString);
    assertTrue(reply.json().path("email").isNull(), reply::toString);
    assertProblem(
        415,
        "unsupported-media-type",
        client()
            .send(
                client()
                    .request("/api/login")
                    .header("Content-Type", "application/merge-patch+json")
                    .POST(BodyPublishers.ofString("{}"))));
  }

  /** RFC 6749, section 5.2: in the words of the endpoint, which takes other credentials. */
  @ParameterizedTest
  @ValueSource(strings = {"token", "introspect", "revoke", "par", "device_authorization"})
  default void accessTokenIsNoCredentialOfAClient(String endpoint) {
    for (String header : List.of("Bearer x", "DPoP x")) {
      Client.Reply reply =
          client()
              .send(
                  TestClients.form(client(), "/oauth2/" + endpoint, "grant_type=x&token=x")
                      .header("Authorization", header));

      assertEquals(401, reply.status(), reply::toString);
      assertEquals("invalid_client", reply.json().path("error").asText(), reply::toString);
      assertTrue(reply.header("WWW-Authenticate").orElse("").startsWith("Basic "));
    }
  }

  @Test
  default void pagesAndPublicDocumentsIgnoreAnAccessToken() {
    Client.Reply page = client().withToken("x").get("/oauth2/authorize");

    assertEquals(400, page.status(), page::toString);
    assertTrue(page.header("Content-Type").orElse("").startsWith("text/html"), page::toString);
    for (String document : List.of("jwks.json", "openid-configuration")) {
      assertEquals(200, client().withToken("x").get("/.well-known/" + document).status());
    }
  }

  @Test
  default void browserGetsAPageForWhatIsNotThere() {
    Client.Reply reply =
        client().send(client().request("/unknown").setHeader("Accept", "text/html"));

    assertEquals(404, reply.status());
    assertTrue(reply.header("Content-Type").orElse("").startsWith("text/html"), reply::toString);
    assertTrue(reply.body().contains("<h1>"), reply::toString);
  }

  @Test
  default void otherOriginsMayNotReadTheApi() {
    for (String origin : List.of("null", "https://attacker.example", client().baseUrl() + ".x")) {
      Client.Reply reply =
          client().send(client().request("/api/protected").header("Origin", origin));

      assertEquals(Optional.empty(), reply.header("Access-Control-Allow-Origin"));
    }
  }

  @Test
  default void descriptionOfTheApiIsJsonOrYaml() {
    Client.Reply json = client().get("/api/openapi");
    Client.Reply any = client().send(client().request("/api/openapi").setHeader("Accept", "*/*"));
    Client.Reply yaml =
        client().send(client().request("/api/openapi").setHeader("Accept", "application/yaml"));

    assertEquals(json.body(), any.body());
    assertTrue(json.json().path("openapi").asText().startsWith("3."), json::toString);
    for (String path :
        List.of(
            "/api/register",
            "/oauth2/register",
            "/api/login",
            "/api/logout",
            "/oauth2/logout",
            "/api/me",
            "/api/users/{id}",
            "/.well-known/jwks.json")) {
      assertTrue(json.json().path("paths").has(path), path);
    }
    assertTrue(yaml.header("Content-Type").orElse("").startsWith("application/yaml"));
    assertTrue(yaml.body().contains("openapi: 3."), yaml::toString);
  }

  @Test
  default void pagesAreServed() {
    for (String path :
        List.of(
            "/",
            "/docs/",
            "/docs/problems.html",
            "/docs/swagger-ui.css",
            "/example/",
            "/example/app.js",
            "/signet.css")) {
      assertEquals(200, client().get(path).status(), path);
    }
  }

  /** RFC 9110, section 10.2.2: the browser knows the path that the proxy has removed. */
  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/example"})
  default void redirectStaysBelowThePathThatAProxyStrips(String page) {
    try (StrippingProxy proxy = StrippingProxy.of(client())) {
      Client.Reply reply = proxy.client().get(page);
      URI target = reply.response().uri().resolve(reply.header("Location").orElseThrow());

      assertEquals(URI.create(proxy.client().baseUrl() + page + "/"), target);
      assertEquals(200, proxy.client().get(page + "/").status());
    }
  }

  /** Health of the server, for one, would be up without the database. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "/health/live",
        "/health/ready",
        "/openapi",
        "/openapi/ui",
        "/openapi-ui",
        "/metrics/base",
        "/metrics/vendor",
        "/payara-metrics",
        "/payara-metrics/base",
        "/ejb-invoker",
        "/wildfly-services",
        "/wildfly-services/naming",
        "/management",
        "/console",
        "/ibm/api",
        "/IBMJMXConnectorREST",
        "/application.wadl",
        "/api/application.wadl"
      })
  default void serverHasNoEndpointsBesideSignets(String path) {
    assertProblem(404, "not-found", client().get(path));
  }

  /** RFC 9110, section 10.1.1. */
  @Test
  default void clientThatWaitsToSendItsBodyIsToldToContinue() {
    try (Wire wire = Wire.to(client())) {
      wire.send(
          """
          POST /api/login HTTP/1.1
          Host: localhost
          Connection: close
          Content-Type: application/json
          Content-Length: 2
          Expect: 100-continue

          """
              .replace("\n", "\r\n"));
      assertEquals("HTTP/1.1 100 Continue", wire.head().strip());

      String answer = wire.send("{}").answer();

      assertTrue(answer.contains("HTTP/1.1 400 "), answer);
      assertTrue(answer.contains("#invalid-input"), answer);
    }
  }

  @Test
  default void thousandParametersDoNoHarm() {
    String query = "x=1&".repeat(500);

    assertTrue(client().get("/api/health/live?" + query).status() < 500);
  }

  @Test
  default void everyProblemTypeIsDescribed() {
    String page = client().get("/docs/problems.html").body();
    for (Problem problem : Problem.values()) {
      assertTrue(page.contains("id=\"" + problem.slug() + "\""), problem::toString);
    }
  }

  @Test
  default void probesAnswer() {
    for (String probe : List.of("live", "ready", "started")) {
      Client.Reply reply = client().get("/api/health/" + probe);

      assertEquals(200, reply.status(), reply::toString);
      assertEquals("{\"status\":\"UP\"}", reply.body());
    }
  }
}
