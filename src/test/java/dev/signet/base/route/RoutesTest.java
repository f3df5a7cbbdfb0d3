package dev.signet.base.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
  @Test
  void exactAddressIsFound() {
    assertEquals(Routes.TOKEN, Routes.of("/oauth2/token"));
    assertEquals(Routes.LOGIN, Routes.of("/api/login"));
  }

  @Test
  void whatIsBelowAnAddressBelongsToIt() {
    assertEquals(Routes.CLIENTS, Routes.of("/api/admin/clients/a/secret"));
    assertEquals(Routes.LOGIN, Routes.of("/api/login/"));
    assertEquals(Routes.DEVICE_PAGE, Routes.of("/oauth2/device/decision"));
  }

  @Test
  void nothingIsBelowTheTokenEndpoint() {
    assertNotEquals(Routes.TOKEN, Routes.of("/oauth2/token/x"));
    assertTrue(Routes.of("/oauth2/token/x").crossOrigin().isEmpty());
  }

  @Test
  void registeredClientShowsATokenOfItsOwn() {
    assertTrue(Routes.of("/oauth2/register").takesAccessTokens());
    assertFalse(Routes.of("/oauth2/register/a").takesAccessTokens());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/oauth2/%74oken", "/oauth2/token;x", "/oauth2/tokens"})
  void otherWaysToWriteAnAddressAreNotThatAddress(String path) {
    Route route = Routes.of(path);

    assertEquals(Route.Kind.OAUTH, route.kind());
    assertTrue(route.crossOrigin().isEmpty());
    assertFalse(Routes.ALL.contains(route));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/nothing, API",
    "/api, API",
    "/oauth2/nothing, OAUTH",
    "/.well-known/nothing, WELL_KNOWN",
    "/metrics, METRICS",
    "/docs/, FILE",
    "/, FILE",
    "'', FILE",
    "/apis, FILE"
  })
  void unknownAddressIsAnsweredInTheWordsOfItsPlace(String path, Route.Kind kind) {
    assertEquals(kind, Routes.of(path).kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/health/../me", "/api/health/live/../../me", "/api/health/live/x"})
  void onlyTheHealthChecksThemselvesAreNotCounted(String path) {
    assertEquals(Route.Counting.NONE, Routes.of("/api/health/live").counting());
    assertEquals(Route.Counting.EACH, Routes.of(path).counting());
  }

  @Test
  void whatTakesCookiesIsOpenToNoOtherOrigin() {
    for (Route route : Routes.ALL) {
      assertFalse(route.takesCookies() && route.crossOrigin().isPresent(), route::toString);
    }
  }
}
