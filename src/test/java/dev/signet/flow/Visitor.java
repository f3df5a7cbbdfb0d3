package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A user whom a client redirects to Signet's pages, in a browser without scripts. */
final class Visitor {
  static final String COOKIE = "__Host-signet-browser";
  static final String VERIFIER = "verifier-of-43-characters-or-more-0123456789-abc";
  static final String STATE = "state & more";

  private static final Pattern FIELD =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"[^>]*>");

  private final Client node;
  private final Browser browser;

  Visitor(Client node) {
    this.node = node;
    browser = new Browser(node);
  }

  /** Follows a client's link to the authorization endpoint. */
  Client.Reply authorize(Map<String, String> parameters) {
    return follow(TestClients.encoded(parameters));
  }

  Client.Reply follow(String query) {
    return browser.get("/oauth2/authorize?" + query);
  }

  Client.Reply follow(String query, Map<String, String> headers) {
    return browser.send("GET", "/oauth2/authorize?" + query, null, headers);
  }

  /** Follows any other link. */
  Client.Reply get(String path) {
    return browser.get(path);
  }

  /** Asks what a link would be answered, as programs do that look at links. */
  Client.Reply askAbout(String path) {
    return browser.send("HEAD", path, null, Map.of());
  }

  /** What a client asks for, if nothing else. */
  static Map<String, String> request(TestClients client) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", client.id());
    parameters.put("redirect_uri", TestClients.CALLBACK);
    parameters.put("scope", "openid orders:read");
    parameters.put("state", STATE);
    parameters.put("nonce", "nonce-1");
    parameters.put("code_challenge", challenge());
    parameters.put("code_challenge_method", "S256");
    return parameters;
  }

  static Map<String, String> request(TestClients client, String name, String value) {
    Map<String, String> parameters = request(client);
    if (value == null) {
      parameters.remove(name);
    } else {
      parameters.put(name, value);
    }
    return parameters;
  }

  static String challenge() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Fills in the login page. */
  Client.Reply logIn(Client.Reply page, String username, String password) {
    Map<String, String> form = new HashMap<>(fields(page));
    form.put("username", username);
    form.put("password", password);
    return submit("/oauth2/login", form);
  }

  /** Logs in for a request that shows the login page. */
  Client.Reply logIn(Map<String, String> request, String username) {
    Client.Reply page = authorize(request);
    assertLoginPage(page);
    return logIn(page, username, TestUsers.PASSWORD);
  }

  /** Fills in the page where a one-time password is replaced. */
  Client.Reply choose(Client.Reply page, String old, String chosen, String repeated) {
    Map<String, String> form = new HashMap<>(fields(page));
    form.put("old_password", old);
    form.put("new_password", chosen);
    form.put("repeated_password", repeated);
    return submit("/oauth2/password", form);
  }

  /** Answers the consent page. */
  Client.Reply decide(Client.Reply page, String decision) {
    assertConsentPage(page);
    return submitDecision(page, decision);
  }

  /** Agrees on the consent page, in whatever language it is. */
  Client.Reply allow(Client.Reply page) {
    return submitDecision(page, "allow");
  }

  private Client.Reply submitDecision(Client.Reply page, String decision) {
    Map<String, String> form = new HashMap<>(fields(page));
    form.put("decision", decision);
    return submit("/oauth2/consent", form);
  }

  Client.Reply submit(String path, Map<String, String> form) {
    return submit(path, form, Map.of("Origin", node.baseUrl(), "Sec-Fetch-Site", "same-origin"));
  }

  Client.Reply submit(String path, Map<String, String> form, Map<String, String> headers) {
    return browser.submit(path, form, headers);
  }

  Browser.Cookie cookie() {
    return browser.cookie(COOKIE);
  }

  boolean hasCookie() {
    return !browser.isEmpty();
  }

  /** The hidden fields of a page. */
  static Map<String, String> fields(Client.Reply page) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher matcher = FIELD.matcher(page.body());
    while (matcher.find()) {
      fields.put(unescaped(matcher.group(1)), unescaped(matcher.group(2)));
    }
    return fields;
  }

  private static String unescaped(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  /** What a client finds in its redirect URI. */
  static Map<String, String> answer(Client.Reply reply) {
    assertEquals(303, reply.status(), reply::toString);
    assertTrue(reply.header("Cache-Control").orElse("").startsWith("no-store"), reply::toString);
    String location = reply.header("Location").orElse("");
    assertTrue(location.startsWith(TestClients.CALLBACK + "&"), location);
    Map<String, String> answer = parameters(location.substring(TestClients.CALLBACK.length() + 1));
    assertEquals(STATE, answer.get("state"), location);
    assertEquals(System.getProperty(ServerSession.URL), answer.get("iss"), location);
    return answer;
  }

  static Map<String, String> parameters(String query) {
    return Arrays.stream(query.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  static String code(Client.Reply reply) {
    Map<String, String> answer = answer(reply);
    assertEquals(43, answer.getOrDefault("code", "").length(), reply::toString);
    return answer.get("code");
  }

  static void assertError(String error, Client.Reply reply) {
    Map<String, String> answer = answer(reply);
    assertEquals(error, answer.get("error"), reply::toString);
    assertEquals(null, answer.get("code"), reply::toString);
  }

  static void assertLoginPage(Client.Reply page) {
    assertPage(200, "<h1>Log in</h1>", page);
  }

  static void assertConsentPage(Client.Reply page) {
    assertPage(200, "requests access</h1>", page);
  }

  /** A page that does not send the browser anywhere. */
  static void assertPage(int status, String part, Client.Reply page) {
    assertEquals(status, page.status(), page::toString);
    assertEquals(Optional.empty(), page.header("Location"), page::toString);
    assertEquals(
        Optional.of("text/html;charset=utf-8"),
        page.header("Content-Type").map(type -> type.toLowerCase(Locale.ROOT)),
        page::toString);
    // One server says more of answers with a cookie.
    assertTrue(page.header("Cache-Control").orElse("").startsWith("no-store"), page::toString);
    assertTrue(page.body().contains(part), page::toString);
    // Its forms, and what they are answered by, lead somewhere.
    String policy = page.header("Content-Security-Policy").orElseThrow();
    assertFalse(policy.contains("form-action"), page::toString);
    assertTrue(policy.contains("frame-ancestors 'none'"), page::toString);
    assertEquals(Optional.of("DENY"), page.header("X-Frame-Options"), page::toString);
    assertEquals(Optional.of("nosniff"), page.header("X-Content-Type-Options"), page::toString);
  }

  /** Refreshes tokens as a public client does. */
  Client.Reply refresh(TestClients client, String refreshToken) {
    return refresh(client, refreshToken, Map.of());
  }

  Client.Reply refresh(TestClients client, String refreshToken, Map<String, String> more) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("client_id", client.id());
    form.put("refresh_token", refreshToken);
    return ask(form, more);
  }

  /** Exchanges a code as a public client does. */
  Client.Reply redeem(TestClients client, String code) {
    return redeem(client, code, Map.of());
  }

  /** The same with other parameters; those that are null are left out. */
  Client.Reply redeem(TestClients client, String code, Map<String, String> other) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", client.id());
    form.put("code", code);
    form.put("redirect_uri", TestClients.CALLBACK);
    form.put("code_verifier", VERIFIER);
    return ask(form, other);
  }

  private Client.Reply ask(Map<String, String> form, Map<String, String> other) {
    form.putAll(other);
    form.values().removeIf(Objects::isNull);
    return node.send(TestClients.form(node, "/oauth2/token", TestClients.encoded(form)));
  }
}
