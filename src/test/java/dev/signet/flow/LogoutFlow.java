package dev.signet.flow;

import static dev.signet.flow.Visitor.assertError;
import static dev.signet.flow.Visitor.assertLoginPage;
import static dev.signet.flow.Visitor.assertPage;
import static dev.signet.flow.Visitor.code;
import static dev.signet.flow.Visitor.fields;
import static dev.signet.flow.Visitor.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Clients send people here to log out (OpenID Connect RP-Initiated Logout 1.0). */
interface LogoutFlow extends Flow {
  String LOGOUT = "/oauth2/logout";
  String RETURN = "https://app.example.org/bye?from=signet";
  String BACK = "https://app.example.org/back";
  String DONE = "<h1>You are logged out</h1>";
  String QUESTION = "<h1>Log out?</h1>";

  @Test
  default void clientThatShowsAnIdTokenOfTheUserLogsThemOut() {
    Session session = session(Map.of());

    Client.Reply reply =
        session.logOut(
            Map.of(
                "id_token_hint",
                session.idToken(),
                "post_logout_redirect_uri",
                RETURN,
                "state",
                "a b&c"));

    assertEquals(303, reply.status(), reply::toString);
    assertEquals(Optional.of(RETURN + "&state=a+b%26c"), reply.header("Location"));
    assertFalse(session.visitor().hasCookie());
    assertEnded(session);
  }

  @Test
  default void questionAboutTheAnswerLogsNobodyOut() {
    Session session = session(Map.of());

    Client.Reply reply = session.visitor().askAbout(LOGOUT + "?id_token_hint=" + session.idToken());

    assertEquals(405, reply.status(), reply::toString);
    assertAlive(session);
  }

  @Test
  default void withoutAnAddressAPageTellsThatItIsDone() {
    Session session = session(Map.of());

    assertPage(200, DONE, session.logOut(Map.of("id_token_hint", session.idToken())));

    assertEnded(session);
  }

  @Test
  default void userIsAskedUnlessTheClientShowsAnIdTokenOfTheirSession() {
    Session session = session(Map.of());
    Session other = session(Map.of());
    Session elsewhere = session.again(new Visitor(client()));
    List<Map<String, String>> requests =
        List.of(
            Map.of(),
            Map.of("client_id", session.app().id(), "post_logout_redirect_uri", RETURN),
            Map.of("id_token_hint", other.idToken()),
            Map.of("id_token_hint", elsewhere.idToken()),
            Map.of("id_token_hint", session.idToken(), "client_id", other.app().id()));

    for (Map<String, String> parameters : requests) {
      Client.Reply page = session.logOut(parameters);
      assertPage(200, QUESTION, page);
      assertTrue(page.body().contains(session.user().username()), page::body);
    }

    assertAlive(session);
    assertAlive(other);
    assertAlive(elsewhere);
  }

  /** RP-Initiated Logout 1.0, section 4: what does not validate is not used, and all else is. */
  @Test
  default void hintThatCannotBeUsedIsNoHint() throws Exception {
    Session session = session(Map.of());
    List<String> hints =
        List.of(
            "garbage",
            session.idToken() + "A",
            session.tokens().path("access_token").asText(),
            ofAnUnknownKey(session.idToken()));

    for (String hint : hints) {
      Session once = session.again(new Visitor(client()));
      Map<String, String> request = new HashMap<>();
      request.put("id_token_hint", hint);
      request.put("post_logout_redirect_uri", RETURN);
      assertPage(200, DONE, once.answer(once.logOut(request), "logout"));
      assertEnded(once);

      Session named = session.again(new Visitor(client()));
      request.put("client_id", session.app().id());
      Client.Reply back = named.answer(named.logOut(request), "logout");
      assertEquals(Optional.of(RETURN), back.header("Location"), back::toString);
      assertEnded(named);
    }
    assertAlive(session);
  }

  @Test
  default void idTokenLogsNoOtherBrowserOut() {
    Session session = session(Map.of());
    Session other = session(Map.of());
    Visitor nobody = new Visitor(client());
    Map<String, String> hint = Map.of("id_token_hint", session.idToken());

    assertPage(200, DONE, nobody.get(LOGOUT + "?" + TestClients.encoded(hint)));
    assertAlive(session);

    assertPage(200, DONE, other.answer(other.logOut(hint), "logout"));
    assertEnded(other);
    assertAlive(session);
  }

  @Test
  default void hintOfAnEndedSessionIsAsked() {
    Session ended = session(Map.of());
    ended.answer(ended.logOut(Map.of()), "logout");
    Session session = ended.again(ended.visitor());

    Client.Reply page = session.logOut(Map.of("id_token_hint", ended.idToken()));

    assertAlive(session);
    assertPage(200, DONE, session.answer(page, "logout"));
    assertEnded(session);
  }

  /** The keys of this run are in the database, and its rows are what time makes of them. */
  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void hintOfARetiredKeyLogsOutWithoutAQuestion() throws SQLException, IOException {
    Session session = session(Map.of());
    String key = Forgery.part(session.idToken(), 0).path("kid").asText();
    Client administrator = TestUsers.administrator(client());
    await(
        Duration.ofMinutes(1), // While the key of another test is on its way, 409.
        () -> administrator.send(KeysFlow.rotation(administrator)).status() == 201);
    TestDatabase.execute(
        "update signing_keys set published_at = published_at - interval '1 hour',"
            + " signs_from = signs_from - interval '1 hour'");
    await(
        Duration.ofMinutes(1), () -> !client().get("/.well-known/jwks.json").body().contains(key));
    Client caller = client().withToken(session.tokens().path("access_token").asText());
    assertEquals(401, caller.get("/oauth2/userinfo").status(), "the key verifies hints only");

    code(session.visitor().authorize(request(session.app(), "id_token_hint", session.idToken())));
    assertPage(200, DONE, session.logOut(Map.of("id_token_hint", session.idToken())));

    assertEnded(session);
  }

  /** The same ID token, as if by a key that Signet no longer knows. */
  private static String ofAnUnknownKey(String idToken) throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    JWSObject jws =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            JWSObject.parse(idToken).getPayload());
    jws.sign(new ECDSASigner(key));
    return jws.serialize();
  }

  /** The client cannot know, and its user may be another one than the one who is logged in. */
  @Test
  default void userLogsInAgainForAHintWhoseKeyIsForgotten() throws Exception {
    Session session = session(Map.of());
    Map<String, String> request =
        request(session.app(), "id_token_hint", ofAnUnknownKey(session.idToken()));

    Client.Reply page = session.visitor().authorize(request);

    assertLoginPage(page);
    code(session.visitor().logIn(page, session.user().username(), TestUsers.PASSWORD));
    request.put("prompt", "none");
    assertError("login_required", session.visitor().authorize(request));
  }

  @Test
  default void whoeverStaysIsLoggedInStill() {
    Session session = session(Map.of());
    Client.Reply page = session.logOut(Map.of());

    assertPage(200, "<h1>You are still logged in</h1>", session.answer(page, "stay"));

    assertAlive(session);
  }

  @Test
  default void whoeverAgreesIsLoggedOutAndGoesBack() {
    Session session = session(Map.of());
    Client.Reply page =
        session.logOut(
            Map.of(
                "client_id", session.app().id(), "post_logout_redirect_uri", RETURN, "state", "s"));
    assertTrue(page.body().contains("Harbor wants to log you out."), page::body);

    Client.Reply reply = session.answer(page, "logout");

    assertEquals(Optional.of(RETURN + "&state=s"), reply.header("Location"), reply::toString);
    assertEnded(session);
  }

  @Test
  default void formOfAnotherPageLogsNobodyOut() {
    Session session = session(Map.of());
    Map<String, String> form = new HashMap<>(fields(session.logOut(Map.of())));
    form.put("decision", "logout");
    Map<String, String> without = new HashMap<>(form);
    without.remove("csrf");
    Map<String, String> ofLogin =
        new HashMap<>(
            fields(session.visitor().authorize(request(session.app(), "prompt", "login"))));
    Map<String, String> wrong = new HashMap<>(form);
    wrong.put("csrf", ofLogin.get("csrf"));

    for (Map<String, String> forged : List.of(without, wrong)) {
      assertPage(
          403, "This page has expired", session.visitor().submit(LOGOUT + "/confirmation", forged));
    }
    assertPage(
        403,
        "This page has expired",
        session
            .visitor()
            .submit(LOGOUT + "/confirmation", form, Map.of("Origin", "https://evil.example.org")));
    assertAlive(session);
  }

  @Test
  default void questionUnderAnotherNameLeadsToTheIssuers() {
    Session session = session(Map.of());
    Map<String, String> form = new HashMap<>(fields(session.logOut(Map.of())));
    form.put("decision", "logout");
    Map<String, String> elsewhere =
        Map.of("Origin", "http://other.example.org", "Sec-Fetch-Site", "same-origin");

    Client.Reply page = session.visitor().submit(LOGOUT + "/confirmation", form, elsewhere);

    assertPage(403, "<h1>This address does not work</h1>", page);
    assertTrue(page.body().contains(System.getProperty(ServerSession.URL)), page::body);
    assertAlive(session);
  }

  @Test
  default void whatIsNotToBeBelievedIsAPageAndEndsNothing() {
    Session session = session(Map.of());
    TestClients other = app(Map.of());
    String hint = session.idToken();
    String id = session.app().id();
    List<Map<String, String>> requests =
        List.of(
            Map.of(
                "id_token_hint", hint, "client_id", other.id(), "post_logout_redirect_uri", BACK),
            Map.of("client_id", "nobody"),
            Map.of("post_logout_redirect_uri", RETURN),
            Map.of("id_token_hint", hint, "post_logout_redirect_uri", RETURN + "&more=1"),
            Map.of("id_token_hint", hint, "post_logout_redirect_uri", RETURN + "#x"),
            Map.of("id_token_hint", hint, "post_logout_redirect_uri", RETURN.replace("bye", "Bye")),
            Map.of("id_token_hint", hint, "post_logout_redirect_uri", TestClients.CALLBACK),
            Map.of("client_id", id, "post_logout_redirect_uri", "https://evil.example.org/"),
            Map.of("id_token_hint", "x".repeat(6_000)));

    for (Map<String, String> parameters : requests) {
      assertPage(400, "<h1>This link does not work</h1>", session.logOut(parameters));
    }
    assertPage(
        400,
        "<h1>This link does not work</h1>",
        session.visitor().get(LOGOUT + "?client_id=" + id + "&client_id=" + id));
    assertAlive(session);
  }

  @Test
  default void formFromAnotherSiteBecomesALink() {
    Session session = session(Map.of());
    Map<String, String> form = Map.of("id_token_hint", session.idToken(), "state", "s");

    Client.Reply reply =
        session.visitor().submit(LOGOUT, form, Map.of("Origin", "https://app.example.org"));

    assertEquals(303, reply.status(), reply::toString);
    String location = reply.header("Location").orElse("");
    String issuer = System.getProperty(ServerSession.URL);
    assertTrue(location.startsWith(issuer + LOGOUT + "?"), location);
    assertEquals(form, Visitor.parameters(location.substring(location.indexOf('?') + 1)));
    assertAlive(session);
    assertPage(200, DONE, session.visitor().get(location.substring(issuer.length())));
    assertEnded(session);
  }

  @Test
  default void whoIsNotLoggedInIsNotAsked() {
    TestClients app = app(Map.of());
    Visitor visitor = new Visitor(client());

    assertPage(200, DONE, visitor.get(LOGOUT));
    Client.Reply reply =
        visitor.get(
            LOGOUT
                + "?"
                + TestClients.encoded(
                    Map.of("client_id", app.id(), "post_logout_redirect_uri", RETURN)));
    assertEquals(Optional.of(RETURN), reply.header("Location"), reply::toString);
  }

  @Test
  default void offlineAccessOutlastsTheLogout() {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(Map.of("scope", "openid offline_access"));
    Visitor visitor = new Visitor(client());
    JsonNode tokens =
        OpenIdFlow.tokens(visitor, app, ada, request(app, "scope", "openid offline_access"));
    Session session = new Session(visitor, app, ada, tokens);

    session.logOut(Map.of("id_token_hint", session.idToken()));

    assertLoginPage(visitor.authorize(request(app, "scope", "openid")));
    assertEquals(200, refresh(session).status());
  }

  /** Sessions of clients outlive an unused browser session. */
  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-postgresql")
  default void logoutEndsWhatWasGrantedInABrowserThatIsForgotten() throws SQLException {
    for (String change :
        List.of(
            "update refresh_families set idle_expires_at = now()",
            "delete from refresh_families")) {
      Session session = session(Map.of());
      Session other = session(Map.of());
      for (Session each : List.of(session, other)) {
        TestDatabase.execute(
            change + " where browser_hash is not null and user_id = '" + each.user().id() + "'");
      }
      assertLoginPage(session.visitor().authorize(request(session.app())));

      assertPage(200, DONE, session.logOut(Map.of("id_token_hint", session.idToken())));

      assertEnded(session);
      assertEquals(200, refresh(other).status(), "somebody else's");
    }
  }

  /** OIDC Core, section 4. */
  @Test
  default void pageAfterALogoutLeadsToTheLoginOfItsClient() {
    Session session =
        session(Map.of("initiate_login_uri", "https://app.example.org/login?by=signet&x=1"));

    Client.Reply page = session.logOut(Map.of("id_token_hint", session.idToken()));

    String issuer = TestClients.encode(System.getProperty(ServerSession.URL));
    assertPage(
        200,
        "<a href=\"https://app.example.org/login?by=signet&amp;x=1&amp;iss="
            + issuer
            + "\">Log in to Harbor again</a>",
        page);
  }

  @Test
  default void logoutPageSpeaksTheLanguageThatIsAskedFor() {
    Session session = session(Map.of());

    Client.Reply page = session.logOut(Map.of("ui_locales", "fr de"));

    assertTrue(page.body().contains("<html lang=\"de\""), page::body);
  }

  /** A user who is logged in in a browser, and at a client. */
  record Session(Visitor visitor, TestClients app, TestUsers.Person user, JsonNode tokens) {
    String idToken() {
      return tokens.path("id_token").asText();
    }

    Client.Reply logOut(Map<String, String> parameters) {
      return visitor.get(LOGOUT + "?" + TestClients.encoded(parameters));
    }

    /** The same user and client in another session of single sign-on. */
    Session again(Visitor other) {
      return new Session(other, app, user, OpenIdFlow.tokens(other, app, user, request(app)));
    }

    Client.Reply answer(Client.Reply page, String decision) {
      assertPage(200, QUESTION, page);
      Map<String, String> form = new HashMap<>(fields(page));
      form.put("decision", decision);
      return visitor.submit(LOGOUT + "/confirmation", form);
    }
  }

  default Session session(Map<String, ?> metadata) {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients app = app(metadata);
    Visitor visitor = new Visitor(client());
    return new Session(visitor, app, ada, OpenIdFlow.tokens(visitor, app, ada, request(app)));
  }

  private TestClients app(Map<String, ?> more) {
    Map<String, Object> metadata =
        new HashMap<>(Map.of("post_logout_redirect_uris", List.of(RETURN)));
    metadata.putAll(more);
    return TestClients.app(TestUsers.administrator(client()), metadata);
  }

  private void assertAlive(Session session) {
    code(session.visitor().authorize(request(session.app())));
    Client caller = client().withToken(session.tokens().path("access_token").asText());
    assertEquals(200, caller.get("/oauth2/userinfo").status());
  }

  private void assertEnded(Session session) {
    assertLoginPage(session.visitor().authorize(request(session.app())));
    Client caller = client().withToken(session.tokens().path("access_token").asText());
    assertEquals(401, caller.get("/oauth2/userinfo").status());
    assertEquals(400, refresh(session).status());
  }

  private Client.Reply refresh(Session session) {
    return session
        .visitor()
        .refresh(session.app(), session.tokens().path("refresh_token").asText());
  }
}
