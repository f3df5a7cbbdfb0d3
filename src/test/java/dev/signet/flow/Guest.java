package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.secret.OpaqueToken;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A user with a browser without scripts, who keeps cookies, fills in the forms of pages, and
 * follows redirects as far as Signet sends them to itself.
 */
final class Guest {
  private static final int MOST_PAGES = 10;
  private static final Pattern FORM = Pattern.compile("<form method=\"post\" action=\"([^\"]*)\"");
  private static final Pattern FIELD =
      Pattern.compile("<input (?=[^>]*name=\"([^\"]*)\")(?=[^>]*value=\"([^\"]*)\")[^>]*>");

  private final Client client;
  private final TestUsers.Person person;
  private String password = TestUsers.PASSWORD;
  private final Map<String, String> cookies = new HashMap<>();

  private Guest(Client client, TestUsers.Person person) {
    this.client = client;
    this.person = person;
  }

  /** Creates a user with an account who is not logged in in the browser. */
  static Guest registered(Client client) {
    return new Guest(client, TestUsers.loggedIn(client));
  }

  /** Returns a user with a one-time password, who chooses a new password when asked. */
  static Guest newcomer(Client client, String username) {
    return new Guest(client, new TestUsers.Person(client, "", username));
  }

  String userId() {
    return person.id();
  }

  String username() {
    return person.username();
  }

  /** Logs in and agrees where it is asked; returns where the client wants the answer. */
  URI open(URI address) {
    Client.Reply reply = get(address);
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      Optional<URI> next = location(reply);
      if (next.filter(uri -> !isSignet(uri)).isPresent()) {
        return next.get();
      }
      reply = next.isPresent() ? get(next.get()) : submit(reply, Map.of("decision", "allow"));
    }
    throw new AssertionError("Where does it end? " + reply);
  }

  /** Logs in where it is asked, and returns the page that comes then. */
  Client.Reply loggedInAt(String path) {
    Client.Reply reply = get(URI.create(client.baseUrl() + path));
    while (location(reply).isPresent() || reply.body().contains("type=\"password\"")) {
      Optional<URI> next = location(reply);
      reply = next.isPresent() ? get(next.get()) : submit(reply, Map.of());
    }
    return reply;
  }

  /** Lets the device in whose code is part of the address. */
  void letIn(URI address) {
    decide(address, "allow");
  }

  /** Does not. */
  void keepOut(URI address) {
    decide(address, "deny");
  }

  private void decide(URI address, String decision) {
    Client.Reply entry = loggedInAt(address.toString().substring(client.baseUrl().length()));
    Client.Reply confirmation = submit(entry, Map.of());
    assertTrue(confirmation.body().contains("name=\"decision\""), confirmation::toString);
    Client.Reply done = submit(confirmation, Map.of("decision", decision));
    assertEquals(200, done.status(), done::toString);
  }

  /** Sends the form of a page as it is filled in, with a login if it asks for one. */
  Client.Reply submit(Client.Reply page, Map<String, String> more) {
    Matcher form = FORM.matcher(page.body());
    assertTrue(form.find(), page::toString);
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher field = FIELD.matcher(page.body());
    while (field.find()) {
      fields.put(unescaped(field.group(1)), unescaped(field.group(2)));
    }
    if (page.body().contains("name=\"password\"")) {
      fields.put("username", person.username());
      fields.put("password", password);
    }
    if (page.body().contains("name=\"new_password\"")) {
      fields.put("old_password", password);
      password = TestUsers.OTHER_PASSWORD;
      fields.put("new_password", password);
      fields.put("repeated_password", password);
    }
    fields.putAll(more);
    URI address = page.response().uri().resolve(unescaped(form.group(1)));
    return send(
        TestClients.form(
            client,
            address.toString().substring(client.baseUrl().length()),
            TestClients.encoded(fields)));
  }

  /** Sends a form that no page has shown, with all that the cookie gives. */
  Client.Reply forge(String path, String form, Map<String, String> fields) {
    Map<String, String> complete = new LinkedHashMap<>(fields);
    String seed = "form:" + cookies.get(Visitor.COOKIE) + ":" + form;
    complete.put("csrf", new OpaqueToken(seed).hash());
    return send(TestClients.form(client, path, TestClients.encoded(complete)));
  }

  Client.Reply get(URI address) {
    assertTrue(isSignet(address), address::toString);
    return send(client.request(address.toString().substring(client.baseUrl().length())).GET());
  }

  private Client.Reply send(HttpRequest.Builder request) {
    request.setHeader("Accept", "text/html");
    if (!cookies.isEmpty()) {
      request.setHeader(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    Client.Reply reply = client.send(request);
    for (String cookie : reply.response().headers().allValues("Set-Cookie")) {
      String[] pair = cookie.split(";", 2)[0].split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    return reply;
  }

  private boolean isSignet(URI address) {
    return address.toString().startsWith(client.baseUrl() + "/");
  }

  private static Optional<URI> location(Client.Reply reply) {
    return reply.header("Location").map(reply.response().uri()::resolve);
  }

  /** What an address says in its query. */
  static Map<String, String> parameters(URI address) {
    return Arrays.stream(address.getRawQuery().split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private static String unescaped(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
