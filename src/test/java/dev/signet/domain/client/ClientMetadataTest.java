package dev.signet.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.signet.base.problem.FieldError;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.RegistrationSettings;
import dev.signet.domain.jose.TestAssertions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMetadataTest {
  private static final String CODES = "\"grant_types\": [\"authorization_code\"], ";
  private static final String SIGNS = "\"token_endpoint_auth_method\": \"private_key_jwt\"";

  @Test
  void redirectUrisAreJudgedByTheKindOfApp() {
    String own = CODES + "\"redirect_uris\": [\"com.example.app:/back\"]";

    assertRefused(own, "redirect_uris");
    assertEquals(
        List.of("com.example.app:/back"),
        complete(own + ", \"application_type\": \"native\"").redirectUris());
    assertRefused(CODES + "\"redirect_uris\": [\"javascript:alert(1)\"]", "redirect_uris");
    assertRefused(CODES + "\"redirect_uris\": [null]", "redirect_uris");
    assertRefused("\"post_logout_redirect_uris\": [\"data:x\"]", "post_logout_redirect_uris");
  }

  @Test
  void entryThatIsRefusedIsShownWithTheReason() {
    assertEquals(
        List.of(
            "contains http://app.example.org/, which must use https: http is allowed only for"
                + " localhost, 127.0.0.1 and [::1]",
            "contains https://app.example.org/#a?b, which has a fragment"),
        messages(
            CODES
                + "\"redirect_uris\": [\"http://app.example.org/\","
                + " \"https://good.example.org/\", \"https://app.example.org/#a?b\"]"));
    assertEquals(
        List.of(
            "contains x???, which contains a space, an asterisk or a character outside"
                + " printable ASCII"),
        messages("\"post_logout_redirect_uris\": [\"x \\\"\u00e4\"]"));
    assertEquals(
        List.of("contains implicit, which is not a supported grant type"),
        messages("\"grant_types\": [\"implicit\"]"));
    assertEquals(
        List.of("contains " + "x".repeat(100) + "..., which has more than 400 characters"),
        messages("\"post_logout_redirect_uris\": [\"" + "x".repeat(401) + "\"]"));
  }

  private static List<String> messages(String members) {
    return assertThrows(Refusal.class, () -> complete(members), members).errors().stream()
        .map(FieldError::message)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u00a0",
        "\u200b",
        "a\\nb",
        "a\\u0085b",
        "a\u2028b",
        "\u202eprobraH",
        "Harbor\u2067"
      })
  void nameThatIsNotSeenOrTurnsTextsAroundIsRefused(String name) {
    assertRefused("\"client_name\": \"" + name + "\"", "client_name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Harbor", "<b>", "\u05e9\u05dc\u05d5\u05dd", "\ud83d\udea2", "5 %"})
  void nameIsInAnyScript(String name) {
    assertEquals(name, complete("\"client_name\": \"" + name + "\"").clientName());
  }

  @Test
  void pagesAndEndpointsAreOnTheWeb() {
    for (String member :
        List.of(
            "client_uri",
            "logo_uri",
            "policy_uri",
            "tos_uri",
            "initiate_login_uri",
            "sector_identifier_uri",
            "backchannel_logout_uri")) {
      assertRefused("\"" + member + "\": \"javascript:alert(1)\"", member);
      assertRefused("\"" + member + "\": \"http://app.example.org/\"", member);
      complete("\"" + member + "\": \"https://app.example.org/\"");
    }
  }

  @Test
  void pairwiseSubjectsNeedOneSector() {
    String pairwise = CODES + "\"subject_type\": \"pairwise\", \"redirect_uris\": ";
    String two = pairwise + "[\"https://a.example/x\", \"https://b.example/x\"]";

    complete(pairwise + "[\"https://a.example/x\", \"https://a.example:444/y\"]");
    assertRefused(two, "sector_identifier_uri");
    complete(two + ", \"sector_identifier_uri\": \"https://a.example/sector.json\"");
    complete(pairwise + "[\"com.example.app:/x\"], \"application_type\": \"native\"");
    complete("\"subject_type\": \"pairwise\"");
    assertRefused(pairwise + "[\"not a uri\"]", "redirect_uris");
  }

  @Test
  void whatIsNotDoneIsNotRegistered() {
    for (String member :
        List.of(
            "id_token_encrypted_response_alg",
            "userinfo_signed_response_alg",
            "userinfo_encrypted_response_alg",
            "request_object_signing_alg",
            "request_object_encryption_alg")) {
      assertRefused("\"" + member + "\": \"RS256\"", member);
      assertRefused("\"" + member + "\": \"none\"", member);
      complete("\"" + member + "\": null");
    }
  }

  @Test
  void idTokensAreSignedAsAllAre() {
    Algorithms algorithms = TestAlgorithms.rs256();
    String member = "\"id_token_signed_response_alg\": ";

    algorithms.check(complete(""));
    ClientMetadata good = complete(member + "\"RS256\"");
    algorithms.check(good);
    assertTrue(good.toJson().contains("\"id_token_signed_response_alg\":\"RS256\""));
    for (String other : List.of("HS256", "ES256", "none", "")) {
      ClientMetadata asked = complete(member + "\"" + other + "\"");
      Refusal refusal = assertThrows(Refusal.class, () -> algorithms.check(asked), other);
      assertEquals("id_token_signed_response_alg", refusal.errors().get(0).field());
    }
  }

  @Test
  void keysAreInOnePlace() {
    String jwks = ", \"jwks\": " + TestAssertions.jwks("one");
    String uri = ", \"jwks_uri\": \"https://app.example.org/keys\"";

    assertTrue(complete(SIGNS + jwks).authenticatesByKey());
    assertTrue(complete(SIGNS + uri).authenticatesByKey());
    assertRefused(SIGNS, "jwks");
    assertRefused(SIGNS + jwks + uri, "jwks_uri");
    assertRefused(SIGNS + ", \"jwks_uri\": \"http://app.example.org/keys\"", "jwks_uri");
  }

  /** RFC 7591, section 2, ties them to no method. */
  @Test
  void keysAreKeptWhateverTheMethodAndCheckedAllTheSame() {
    String jwks = ", \"jwks\": " + TestAssertions.jwks("one");
    String uri = ", \"jwks_uri\": \"https://app.example.org/keys\"";
    for (String method : List.of("client_secret_basic", "client_secret_post", "none")) {
      String shop = "\"token_endpoint_auth_method\": \"" + method + "\"";

      assertTrue(complete(shop + jwks).toJson().contains("\"kid\":\"one\""), method);
      assertEquals("https://app.example.org/keys", complete(shop + uri).jwksUri());
      assertRefused(shop + jwks + uri, "jwks_uri");
      assertRefused(shop + ", \"jwks\": {\"keys\": []}", "jwks");
      complete(shop + ", \"jwks\": null");
    }
  }

  @Test
  void allMembersTogetherHaveAtMost16000Characters() {
    String uris =
        IntStream.range(0, 20)
            .mapToObj(i -> "\"https://app.example.org/" + "x".repeat(374) + (10 + i) + "\"")
            .collect(Collectors.joining(",", "[", "]"));
    complete("\"redirect_uris\": " + uris);

    Refusal refusal =
        assertThrows(
            Refusal.class,
            () ->
                complete(
                    "\"redirect_uris\": %1$s, \"post_logout_redirect_uris\": %1$s"
                        .formatted(uris)));

    assertEquals(Problem.INVALID_INPUT, refusal.problem());
    assertEquals("The client metadata must have at most 16000 characters.", refusal.getMessage());
  }

  @Test
  void whatAClientRegistersForItselfHasTheDefaultsOfTheSpecification() {
    ClientMetadata asked =
        read("{\"redirect_uris\": [\"https://app.example.org/back\"]}")
            .byItself(ClientMetadata.NONE)
            .complete();

    assertEquals(List.of("authorization_code"), asked.grantTypes());
    assertEquals(List.of("code"), asked.responseTypes());
    assertEquals("client_secret_basic", asked.tokenEndpointAuthMethod());
    assertEquals("openid profile email offline_access", asked.scope());
  }

  @Test
  void nothingButMembersIsWritten() {
    String json = complete("\"client_name\": \"Shop\"").toJson();

    assertFalse(json.contains("\"public\":"), json);
    assertFalse(json.contains("\"pairwise\":"), json);
  }

  @Test
  void clientDecidesOnlyWhatIsItsOwnToDecide() {
    String all =
        """
        {"client_id": "chosen", "client_name": "%1$s", "audience": ["https://%1$s.example"],
         "groups": ["%1$s"], "require_pkce": %2$s, "require_consent": %2$s, "enabled": %2$s,
         "access_token_lifetime": %3$s, "access_token_type": "%4$s", "scope": "%1$s",
         "grant_types": []}
        """;
    ClientMetadata asked = read(all.formatted("new", "false", "60", "at+jwt"));
    ClientMetadata former = read(all.formatted("old", "true", "30", "JWT"));

    ClientMetadata fresh = asked.byItself(ClientMetadata.NONE).complete();
    assertFalse("chosen".equals(fresh.clientId()));
    assertEquals(List.of(), fresh.audience());
    assertEquals(List.of(), fresh.groups());
    assertTrue(fresh.requirePkce() && fresh.requireConsent() && fresh.enabled());
    assertEquals(Optional.empty(), fresh.lifetimeSeconds());
    assertEquals(null, fresh.accessTokenType());

    ClientMetadata changed = asked.byItself(former).complete();
    assertEquals("new", changed.clientName());
    assertEquals("new", changed.scope());
    assertEquals("chosen", changed.clientId());
    assertEquals(List.of("https://old.example"), changed.audience());
    assertEquals(List.of("old"), changed.groups());
    assertTrue(changed.requirePkce() && changed.requireConsent() && changed.enabled());
    assertEquals(Optional.of(30L), changed.lifetimeSeconds());
    assertEquals("JWT", changed.accessTokenType());
  }

  @Test
  void grantsThatNobodyAgreesToAreNotRegisteredByClients() {
    for (String grant :
        List.of("client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange")) {
      ClientMetadata asked = read("{\"grant_types\": [\"" + grant + "\"]}");
      Refusal refusal =
          assertThrows(Refusal.class, () -> asked.byItself(ClientMetadata.NONE), grant);
      assertEquals(
          List.of("grant_types"), refusal.errors().stream().map(FieldError::field).toList());
      assertEquals(List.of(grant), asked.byItself(asked).grantTypes(), "unless it has it already");
    }
  }

  @Test
  void scopeOfAClientThatRegistersItselfIsLimited() {
    Set<String> most = Set.of("openid", "mcp:tools");

    assertEquals("mcp:tools openid", read("{}").withScopeWithin(most).scope());
    assertEquals(
        "mcp:tools", read("{\"scope\": \"mcp:tools admin\"}").withScopeWithin(most).scope());
    assertEquals("", read("{\"scope\": \"\"}").withScopeWithin(most).scope());
    assertEquals("a\\b", read("{\"scope\": \"a\\\\b\"}").withScopeWithin(most).scope());
    Refusal refusal =
        assertThrows(Refusal.class, () -> read("{\"scope\": \"admin\"}").withScopeWithin(most));
    assertEquals("scope", refusal.errors().get(0).field());
    assertTrue(refusal.errors().get(0).message().contains("mcp:tools openid"));
  }

  /** The limits are those of today: a copy in the client would outlive them. */
  @Test
  void limitsOfClientsThatRegisterThemselvesAreThoseOfToday() {
    RegisteredClient stored =
        new RegisteredClient(
            read("{\"scope\": \"openid mcp:tools\"}").of("itself").complete(), Instant.EPOCH);
    RegistrationSettings limits =
        new RegistrationSettings(
            RegistrationSettings.Reveal.NAMES,
            RegistrationSettings.Clients.TOKEN,
            List.of("https://mcp.example.org"),
            Optional.of(Set.of("openid")));
    List<String> mcp = List.of("https://mcp.example.org/");
    assertEquals(Optional.empty(), Client.of(stored, limits).audience(mcp, "usual"));
    assertEquals("mcp:tools openid", Client.of(stored, limits).scope().toString());

    stored.manageBy(OpaqueToken.random());

    Client client = Client.of(stored, limits);
    assertEquals("openid", client.scope().toString());
    assertEquals(Optional.of(List.of("usual")), client.audience(List.of(), "usual"));
    assertEquals(Optional.of(List.of("https://mcp.example.org")), client.audience(mcp, "usual"));
    assertEquals(Optional.empty(), client.audience(List.of("https://bank.example"), "usual"));
    Client unlimited = Client.of(stored, TestRegistration.UNLIMITED);
    assertEquals(Optional.empty(), unlimited.audience(mcp, "usual"));
    assertEquals("mcp:tools openid", unlimited.scope().toString());
  }

  @Test
  void grantThatIsNullIsRefusedAndNoFault() {
    ClientMetadata asked = read("{\"grant_types\": [null]}").byItself(ClientMetadata.NONE);

    Refusal refusal = assertThrows(Refusal.class, asked::complete);

    assertEquals("grant_types", refusal.errors().get(0).field());
  }

  private static ClientMetadata read(String json) {
    try {
      return new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .readValue(json, ClientMetadata.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static ClientMetadata complete(String members) {
    return ClientMetadata.ofJson("{" + members + "}").complete();
  }

  private static void assertRefused(String members, String member) {
    Refusal refusal = assertThrows(Refusal.class, () -> complete(members), members);
    assertEquals(Problem.INVALID_INPUT, refusal.problem());
    assertEquals(List.of(member), refusal.errors().stream().map(FieldError::field).toList());
  }
}
