package dev.signet.description;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.base.route.Route;
import dev.signet.base.route.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the build writes about the API is what the API does. */
class ApiDescriptionTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Set<String> PAGES =
      Set.of("/oauth2/authorize", "/oauth2/device", "/oauth2/logout");

  private final JsonNode api = read();

  private static JsonNode read() {
    try (InputStream in =
        ApiDescription.class.getResourceAsStream("/dev/signet/endpoint/ops/openapi.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void routesSayWhatIsDescribed() {
    Set<Route> described = new HashSet<>();
    api.path("paths").fieldNames().forEachRemaining(path -> described.add(Routes.of(path)));

    assertEquals(
        Routes.ALL.stream().filter(Route::described).collect(Collectors.toSet()), described);
  }

  @Test
  void noInternalTypeIsDescribed() {
    assertFalse(api.at("/components/schemas").has("Form"));
    assertFalse(api.toString().contains("#/components/schemas/Form\""));
    assertFalse(schema("Introspection").path("properties").has("claims"));
    assertFalse(schema("Userinfo").path("properties").has("claims"));
  }

  @ParameterizedTest
  @CsvSource({
    "/oauth2/token, grant_type",
    "/oauth2/par, response_type",
    "/oauth2/introspect, token",
    "/oauth2/revoke, token",
    "/oauth2/authorize, client_id"
  })
  void formsNameTheirParameters(String path, String required) {
    JsonNode form = form(path);

    assertEquals("object", form.path("type").asText());
    assertEquals(List.of(required), texts(form.path("required")));
    assertTrue(form.path("properties").has("client_id"), form::toString);
    assertEquals(
        !path.equals("/oauth2/authorize"), form.path("properties").has("client_assertion"));
  }

  @Test
  void formOfTheTokenEndpointHasWhatEachGrantTakes() {
    JsonNode form = form("/oauth2/token").path("properties");

    for (String name :
        List.of(
            "code",
            "redirect_uri",
            "code_verifier",
            "refresh_token",
            "scope",
            "resource",
            "device_code",
            "client_secret",
            "client_assertion_type",
            "subject_token",
            "subject_token_type",
            "actor_token",
            "actor_token_type",
            "requested_token_type",
            "audience")) {
      assertTrue(form.has(name), name);
    }
    assertEquals("array", form.at("/resource/type").asText());
    assertTrue(texts(form.at("/grant_type/enum")).contains("client_credentials"));
  }

  @Test
  void requestOfABrowserHasTheSameParametersAsItsForm() {
    List<String> names = new ArrayList<>();
    api.at("/paths/~1oauth2~1authorize/get/parameters")
        .forEach(parameter -> names.add(parameter.path("name").asText()));
    Set<String> fields = new HashSet<>();
    form("/oauth2/authorize").path("properties").fieldNames().forEachRemaining(fields::add);

    assertEquals(fields, Set.copyOf(names));
  }

  @Test
  void answersAboutTokensAndUsersAreFlat() {
    assertEquals(List.of("active"), texts(schema("Introspection").path("required")));
    assertTrue(schema("Introspection").path("properties").has("username"));
    assertEquals(List.of("sub"), texts(schema("Userinfo").path("required")));
    assertTrue(schema("Userinfo").path("properties").has("preferred_username"));
  }

  @Test
  void oauthErrorsAreDescribedAsTheyAre() {
    assertEquals(List.of("error"), texts(schema("OAuthError").path("required")));
    eachAnswer(
        (path, code, answer) -> {
          Set<String> types = new TreeSet<>();
          answer.path("content").fieldNames().forEachRemaining(types::add);
          boolean isHealth = path.startsWith("/api/health/") && code.equals("503");
          if (code.startsWith("2") || code.startsWith("3") || isHealth) {
            return;
          }
          String type =
              PAGES.contains(path)
                  ? "text/html"
                  : path.startsWith("/oauth2/") ? "application/json" : "application/problem+json";
          assertEquals(Set.of(type), types, path + " " + code);
        });
  }

  @Test
  void pagesAreHtml() {
    eachAnswer(
        (path, code, answer) -> {
          if (PAGES.contains(path) && code.equals("200")) {
            assertTrue(answer.path("content").has("text/html"), path);
            assertEquals(1, answer.path("content").size(), path);
          }
        });
  }

  @Test
  void figuresAreText() {
    JsonNode content = api.at("/paths/~1metrics/get/responses/200/content");

    assertTrue(content.has("text/plain"), content::toString);
    assertFalse(content.has("application/json"), content::toString);
  }

  /** As that of {@code /oauth2/revoke}. */
  @Test
  void answerWithoutABodyHasNoContent() {
    assertTrue(api.at("/paths/~1oauth2~1revoke/post/responses/200/content").isMissingNode());
    eachAnswer(
        (path, code, answer) ->
            answer
                .path("content")
                .forEach(type -> assertFalse(type.path("schema").isEmpty(), path + " " + code)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "User.email",
        "Session.label",
        "Block.by",
        "Block.reason",
        "Caller.logged_in_as",
        "Consent.client_name",
        "Key.retired_at",
        "SecurityEvent.actor",
        "TokenInspection.reason",
        "UserList.next",
        "ClientList.next",
        "KeyList.next",
        "AuditList.next",
        "BlockList.next",
        "ConsentList.next",
        "SessionList.next"
      })
  void whatMayBeNullIsNullableAndAlwaysThere(String member) {
    int dot = member.indexOf('.');
    String name = member.substring(dot + 1);
    JsonNode schema = schema(member.substring(0, dot));
    JsonNode property = schema.path("properties").path(name);

    assertEquals(List.of("string", "null"), texts(property.path("type")));
    assertTrue(texts(schema.path("required")).contains(name), schema::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "User, 'id,username,email,groups,created_at,updated_at'",
    "SessionList, 'items,next'",
    "TokenAnswer, 'expires_in,refresh_expires_in'",
    "TokenResponse, 'access_token,token_type,expires_in'",
    "ClientView, client_id_issued_at",
    "Problem, 'type,title,status,detail,errors'",
    "FieldError, 'field,message'"
  })
  void whatIsAlwaysThereIsRequired(String name, String members) {
    assertEquals(Set.of(members.split(",", -1)), Set.copyOf(texts(schema(name).path("required"))));
  }

  private interface Look {
    void at(String path, String code, JsonNode answer);
  }

  private void eachAnswer(Look look) {
    api.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .forEach(
                        operation ->
                            operation
                                .path("responses")
                                .properties()
                                .forEach(
                                    answer ->
                                        look.at(
                                            path.getKey(),
                                            answer.getKey(),
                                            resolved(answer.getValue())))));
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? api.at(node.path("$ref").asText().substring(1)) : node;
  }

  private JsonNode schema(String name) {
    return api.path("components").path("schemas").path(name);
  }

  private JsonNode form(String path) {
    JsonNode body = api.path("paths").path(path).path("post").path("requestBody");
    return resolved(body.path("content").path(FORM).path("schema"));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
