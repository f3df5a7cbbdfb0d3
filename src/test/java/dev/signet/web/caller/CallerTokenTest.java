package dev.signet.web.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.web.mechanism.TestTokens;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.Claims;
import org.junit.jupiter.api.Test;

/** The types are those of MicroProfile JWT 2.1, sections 6.1 and 6.2, and of its TCK. */
class CallerTokenTest {
  private static final long SECONDS = TestTokens.NOW.getEpochSecond();

  @Test
  void tokenOfSignetHasTheClaimTypesOfTheInterface() throws Exception {
    CallerToken caller = new CallerToken(TestTokens.verified());

    assertEquals("Ada", caller.getName());
    assertEquals("https://id.example.org", caller.getIssuer());
    assertEquals("42", caller.getSubject());
    assertEquals("token-1", caller.getTokenID());
    assertEquals(Set.of("https://id.example.org"), caller.getAudience());
    assertEquals(Set.of("user", "admin"), caller.getGroups());
    assertEquals(SECONDS, caller.getIssuedAtTime());
    assertEquals(SECONDS + 60, caller.getExpirationTime());
    assertEquals(TestTokens.verified().raw().length(), caller.getRawToken().length());
  }

  @Test
  void everyStandardClaimHasTheTypeThatItsEnumStates() throws Exception {
    CallerToken caller = new CallerToken(TestTokens.verified());

    for (Claims claim :
        List.of(
            Claims.iss,
            Claims.sub,
            Claims.aud,
            Claims.exp,
            Claims.iat,
            Claims.jti,
            Claims.upn,
            Claims.groups,
            Claims.raw_token,
            Claims.auth_time)) {
      Object value = caller.getClaim(claim.name());
      assertInstanceOf(claim.getType(), value, claim.name());
      assertEquals(Optional.of(value), caller.claim(claim));
    }
  }

  @Test
  void namesOfAllClaimsAreKnown() throws Exception {
    assertEquals(
        Set.of(
            "iss",
            "sub",
            "upn",
            "groups",
            "jti",
            "iat",
            "exp",
            "aud",
            "client_id",
            "scope",
            "auth_time",
            "raw_token"),
        new CallerToken(TestTokens.verified()).getClaimNames());
  }

  @Test
  void audienceIsASetWhetherTheTokenHasOneOrSeveral() {
    assertEquals(Set.of("a"), caller("aud", "a").getAudience());
    assertEquals(Set.of("a", "b"), caller("aud", List.of("a", "b")).getAudience());
  }

  @Test
  void otherTextStaysAText() {
    assertEquals("blue", caller("customString", "blue").getClaim("customString"));
  }

  @Test
  void otherNumbersAreJsonNumbers() {
    assertEquals(
        123456789L,
        assertInstanceOf(JsonNumber.class, caller("custom", 123456789L).getClaim("custom"))
            .longValueExact());
    assertEquals(
        3.25,
        assertInstanceOf(JsonNumber.class, caller("custom", 3.25).getClaim("custom"))
            .doubleValue());
  }

  @Test
  void otherFlagsAreJsonValues() {
    assertEquals(JsonValue.TRUE, caller("custom", true).<Object>getClaim("custom"));
    assertEquals(JsonValue.FALSE, caller("custom", false).<Object>getClaim("custom"));
  }

  /** Standard claims of these types that Signet does not issue today. */
  @Test
  void standardNumbersAndFlagsStayThemselves() {
    assertEquals(5L, caller("updated_at", 5L).<Object>getClaim("updated_at"));
    assertEquals(5L, caller("nbf", 5L).<Object>getClaim("nbf"));
    assertEquals(true, caller("email_verified", true).<Object>getClaim("email_verified"));
  }

  @Test
  void otherListsAndObjectsAreJson() {
    Map<String, Object> inner = new HashMap<>();
    inner.put("text", "x");
    inner.put("none", null);
    inner.put("list", Arrays.asList(1L, 2.5, true, null, List.of(), Map.of("deep", "y")));
    CallerToken caller = caller("custom", inner);

    JsonObject object = assertInstanceOf(JsonObject.class, caller.getClaim("custom"));
    assertEquals("x", object.getString("text"));
    assertTrue(object.isNull("none"));
    JsonArray list = object.getJsonArray("list");
    assertEquals(1L, list.getJsonNumber(0).longValueExact());
    assertEquals(2.5, list.getJsonNumber(1).doubleValue());
    assertTrue(list.getBoolean(2));
    assertTrue(list.isNull(3));
    assertEquals(JsonValue.EMPTY_JSON_ARRAY, list.get(4));
    assertEquals("y", list.getJsonObject(5).getString("deep"));
    JsonArray roles =
        assertInstanceOf(JsonArray.class, caller("roles", List.of("a")).getClaim("roles"));
    assertEquals("a", assertInstanceOf(JsonString.class, roles.get(0)).getString());
  }

  @Test
  void absentClaimIsAbsent() throws Exception {
    CallerToken caller = new CallerToken(TestTokens.verified());

    assertNull(caller.getClaim("email"));
    assertFalse(caller.containsClaim("email"));
    assertTrue(caller.containsClaim("sub"));
    assertEquals(Optional.empty(), caller.claim("email"));
  }

  @Test
  void withoutATokenAllIsAbsentAndNothingFails() {
    CallerToken none = CallerToken.NONE;

    assertNull(none.getName());
    assertNull(none.getRawToken());
    assertNull(none.getIssuer());
    assertNull(none.getSubject());
    assertNull(none.getAudience());
    assertNull(none.getGroups());
    assertNull(none.getClaimNames());
    assertNull(none.getClaim("raw_token"));
    assertEquals(0, none.getExpirationTime());
    assertEquals(0, none.getIssuedAtTime());
    assertFalse(none.containsClaim("sub"));
  }

  @Test
  void callersAreEqualWhenTheirTokensAre() throws Exception {
    CallerToken caller = new CallerToken(TestTokens.verified());
    CallerToken same = new CallerToken(TestTokens.verified());

    assertEquals(caller, same);
    assertEquals(caller.hashCode(), same.hashCode());
    assertNotEquals(caller, caller("sub", "42"));
    assertNotEquals(caller, CallerToken.NONE);
    assertNotEquals(CallerToken.NONE, caller);
  }

  @Test
  void nobodyEqualsNobody() {
    assertTrue(CallerToken.NONE.equals(CallerToken.NONE));
  }

  @Test
  void textOfACallerIsNoToken() throws Exception {
    assertEquals(
        "CallerToken[VerifiedToken[jti=token-1]]",
        new CallerToken(TestTokens.verified()).toString());
  }

  private static CallerToken caller(String claim, Object value) {
    return new CallerToken(TestTokens.verified(Map.of(claim, value)));
  }
}
