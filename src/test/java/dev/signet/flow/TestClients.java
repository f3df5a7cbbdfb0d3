package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** OAuth clients of a running Signet; each call registers another one. */
record TestClients(String id, String secret) {
  static final String ORDERS = "https://orders.example.org";
  static final String CALLBACK = "https://app.example.org/callback?from=signet";

  /** A service that may read and write, here and in another service. */
  static TestClients service(Client administrator) {
    return registered(
        administrator,
        Map.of(
            "client_name",
            "Reports",
            "grant_types",
            List.of("client_credentials"),
            "scope",
            "orders:read orders:write",
            "audience",
            List.of(ORDERS, System.getProperty(ServerSession.URL)),
            "groups",
            List.of("reporter")));
  }

  /** An application that logs people in; it can keep no secret, and asks for no consent. */
  static TestClients app(Client administrator, Map<String, ?> more) {
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("client_name", "Harbor");
    metadata.put("redirect_uris", List.of(CALLBACK));
    metadata.put("grant_types", List.of("authorization_code", "refresh_token"));
    metadata.put("token_endpoint_auth_method", "none");
    metadata.put("scope", "openid profile email orders:read");
    metadata.put("require_consent", false);
    metadata.putAll(more);
    return registered(administrator, metadata);
  }

  /** A web application with a secret, for which people log in in their browser or for a device. */
  static TestClients webApp(Client administrator, URI redirectUri) {
    return registered(
        administrator,
        Map.of(
            "client_name",
            "Web shop",
            "grant_types",
            List.of(
                "authorization_code",
                "refresh_token",
                "client_credentials",
                "urn:ietf:params:oauth:grant-type:device_code"),
            "redirect_uris",
            List.of(redirectUri.toString()),
            "scope",
            "openid profile email"));
  }

  /** A device that shows its users a code. */
  static TestClients television(Client administrator) {
    return registered(
        administrator,
        Map.of(
            "client_name",
            "Television",
            "grant_types",
            List.of(DeviceFlow.GRANT, "refresh_token"),
            "token_endpoint_auth_method",
            "none",
            "scope",
            "openid profile"));
  }

  static TestClients registered(Client administrator, Map<String, ?> metadata) {
    Client.Reply reply = administrator.post("/api/admin/clients", metadata);
    assertEquals(201, reply.status(), reply::toString);
    JsonNode client = reply.json();
    return new TestClients(
        client.path("client_id").asText(), client.path("client_secret").asText());
  }

  /** Changes members of what is registered of it. */
  void change(Client administrator, Map<String, ?> members) {
    String address = "/api/admin/clients/" + id;
    Map<String, Object> all =
        administrator.get(address).json().properties().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    all.putAll(members);
    Client.Reply reply = administrator.put(address, all);
    assertEquals(200, reply.status(), reply::toString);
  }

  /** Asks for a token, in the way that most do. */
  Client.Reply token(Client node) {
    return token(node, Map.of());
  }

  Client.Reply token(Client node, Map<String, String> more) {
    Map<String, String> form = new HashMap<>(more);
    form.put("grant_type", "client_credentials");
    return post(node, "/oauth2/token", form);
  }

  String accessToken(Client node, Map<String, String> more) {
    Client.Reply reply = token(node, more);
    assertEquals(200, reply.status(), reply::toString);
    return reply.json().path("access_token").asText();
  }

  /** Asks with a proof of a key. */
  Client.Reply token(Client node, Map<String, String> more, String proof) {
    Map<String, String> form = new HashMap<>(more);
    form.putIfAbsent("grant_type", "client_credentials");
    return node.send(
        form(node, "/oauth2/token", encoded(form))
            .header("Authorization", basic())
            .header("DPoP", proof));
  }

  /** Sends a form in the client's name. */
  Client.Reply post(Client node, String path, Map<String, String> form) {
    return node.send(form(node, path, encoded(form)).header("Authorization", basic()));
  }

  String basic() {
    String pair = encode(id) + ":" + encode(secret);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  static HttpRequest.Builder form(Client node, String path, String body) {
    return node.request(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(body));
  }

  static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
