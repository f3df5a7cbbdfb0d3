package dev.signet.base.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.oauth.ClaimsRequest.Wanted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsRequestTest {
  @Test
  void claimIsAskedForByNullOrByAnObject() {
    ClaimsRequest request =
        ClaimsRequest.parse(
            """
            {"userinfo": {"email": null, "groups": {"essential": true}},
             "id_token": {"acr": {"values": ["a", "b"]}, "sub": {"value": "42"}, "x": {"y": 1}},
             "other": 1}""");

    Wanted any = new Wanted(false, List.of());
    assertEquals(Map.of("email", any, "groups", new Wanted(true, List.of())), request.userinfo());
    assertEquals(
        Map.of(
            "acr",
            new Wanted(false, List.of("a", "b")),
            "sub",
            new Wanted(false, List.of("42")),
            "x",
            any),
        request.idToken());
  }

  @Test
  void nullIsNoValueOfAClaim() {
    ClaimsRequest request =
        ClaimsRequest.parse(
            """
            {"id_token": {"sub": {"value": null}, "acr": {"values": [null, "a"], "value": "b"}}}""");

    assertEquals(
        Map.of("sub", new Wanted(false, List.of()), "acr", new Wanted(false, List.of("b", "a"))),
        request.idToken());
  }

  @Test
  void claimOfAUserBelongsToAScope() {
    ClaimsRequest request =
        ClaimsRequest.parse(
            """
            {"userinfo": {"email": null, "phone_number": null}, "id_token": {"groups": null}}""");

    assertEquals(Scope.parse("email groups"), request.scopes());
    assertEquals(Scope.NONE, ClaimsRequest.NONE.scopes());
  }

  @Test
  void absentMembersAskForNothing() {
    assertEquals(ClaimsRequest.NONE, ClaimsRequest.parse("{}"));
    assertEquals(ClaimsRequest.NONE, ClaimsRequest.parse("{\"userinfo\":null}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "1",
        "\"x\"",
        "{",
        "{}{}",
        "{\"userinfo\":[]}",
        "{\"userinfo\":{\"email\":true}}",
        "{\"userinfo\":{},\"userinfo\":{}}",
        "{\"x\":[[[[[[]]]]]]}"
      })
  void whatIsNoClaimsRequestIsRefused(String json) {
    assertThrows(IllegalArgumentException.class, () -> ClaimsRequest.parse(json));
  }

  @Test
  void requestMayBeAsLongAsWhatBringsIt() {
    String json = "{\"x\":\"" + "y".repeat(20_000) + "\"}";

    assertEquals(ClaimsRequest.NONE, ClaimsRequest.parse(json));
  }
}
