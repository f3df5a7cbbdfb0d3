package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests without a body, and without the type of one, at every operation that could take one. */
interface NoBodyFlow extends Flow {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "token",
        "revoke",
        "introspect",
        "par",
        "device_authorization",
        "authorize",
        "login",
        "password",
        "consent",
        "device",
        "device/login",
        "device/password",
        "device/decision",
        "logout",
        "logout/confirmation"
      })
  default void toOAuthItIsAnEmptyForm(String endpoint) {
    String path = "/oauth2/" + endpoint;
    Client.Reply form = client().send(TestClients.form(client(), path, ""));
    assertTrue(form.status() < 500, form::toString);

    for (BodyPublisher none : none()) {
      Client.Reply reply = client().send(client().request(path).POST(none));

      assertEquals(form.status(), reply.status(), reply::toString);
      assertEquals(form.body(), reply.body());
      assertEquals(form.header("Content-Type"), reply.header("Content-Type"));
    }
  }

  /** RFC 8628, section 3.1: who authenticates by the header needs no parameter. */
  @Test
  default void deviceOfAConfidentialClientNeedsNoParameters() {
    TestClients service =
        TestClients.registered(
            TestUsers.administrator(client()),
            Map.of(
                "client_name",
                "Kiosk",
                "grant_types",
                List.of(DeviceFlow.GRANT),
                "scope",
                "openid"));

    Client.Reply reply =
        client()
            .send(
                client()
                    .request("/oauth2/device_authorization")
                    .header("Authorization", service.basic())
                    .POST(BodyPublishers.noBody()));

    assertEquals(200, reply.status(), reply::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/login, ",
    "POST, /api/register, ",
    "POST, /api/me/password, admin",
    "PATCH, /api/me, admin",
    "PATCH, /api/users/00000000-0000-0000-0000-000000000000, admin",
    "POST, /api/admin/blocks, admin",
    "POST, /api/admin/clients, admin",
    "PUT, /api/admin/clients/nobody, admin",
    "POST, /api/admin/tokens/revoke, admin",
    "POST, /api/admin/tokens/inspect, admin"
  })
  default void toTheApiItIsAFault(String method, String path, String caller) {
    Client client = caller == null ? client() : TestUsers.administrator(client());
    for (BodyPublisher none : none()) {
      Client.Reply reply = client.send(client.request(path).method(method, none));

      assertProblem(400, "malformed-json", reply);
    }
  }

  /** Where a body may be left out, or none is read. */
  @ParameterizedTest
  @CsvSource({
    "POST, /api/logout, , 204",
    "POST, /api/refresh, , 401",
    "POST, /api/admin/users/nobody/revoke, admin, 404",
    "POST, /api/admin/clients/nobody/secret, admin, 404",
    "POST, /api/admin/keys/rotate, , 401",
    "POST, /oauth2/userinfo, , 401",
    "POST, /oauth2/register, , 401",
    "POST, /oauth2/register, admin, 400",
    "PUT, /oauth2/register/nobody, , 401"
  })
  default void elsewhereItIsNoFaultOfTheServer(
      String method, String path, String caller, int status) {
    Client client = caller == null ? client() : TestUsers.administrator(client());
    for (BodyPublisher none : none()) {
      Client.Reply reply = client.send(client.request(path).method(method, none));

      assertEquals(status, reply.status(), reply::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/login", "/oauth2/token"})
  default void bodyWithoutATypeIsRefused(String path) {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    for (BodyPublisher some :
        List.of(
            BodyPublishers.ofByteArray(body),
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))) {
      Client.Reply reply = client().send(client().request(path).POST(some));

      assertEquals(415, reply.status(), reply::toString);
    }
  }

  /** Without a length, and in chunks of which there are none. */
  private static List<BodyPublisher> none() {
    return List.of(
        BodyPublishers.noBody(), BodyPublishers.ofInputStream(InputStream::nullInputStream));
  }
}
