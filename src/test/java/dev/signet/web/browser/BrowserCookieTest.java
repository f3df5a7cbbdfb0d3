package dev.signet.web.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.Settings;
import dev.signet.web.route.TestHttp;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BrowserCookieTest {
  private static final Settings SETTINGS = Settings.read(key -> Optional.empty());
  private static final OpaqueToken SECRET = OpaqueToken.random();
  private static final String NAME = "__Host-signet-browser";

  private final BrowserCookie cookie = TestCookies.browser(SETTINGS);

  @Test
  void noScriptAndNoForeignFormGetsIt() {
    assertEquals(
        List.of(
            NAME
                + "="
                + SECRET.value()
                + "; Path=/; Max-Age=43200; Secure; SameSite=Lax; HttpOnly"),
        set(cookie.set(Response.ok(), SECRET)));
    assertEquals(
        List.of(NAME + "=; Path=/; Max-Age=0; Secure; SameSite=Lax; HttpOnly"),
        set(cookie.clear(Response.ok())));
  }

  @Test
  void onlyWhatSignetHasMadeCounts() {
    String value = SECRET.value();
    assertEquals(Optional.of(SECRET), cookie.secret(request(NAME + "=" + value)));
    assertEquals(Optional.empty(), cookie.secret(request("a=b")));
    assertEquals(Optional.empty(), cookie.secret(request(NAME + "=" + value.substring(1))));
    assertEquals(Optional.empty(), cookie.secret(request(NAME + "=" + "!".repeat(43))));
    assertEquals(
        Optional.empty(),
        cookie.secret(request(NAME + "=" + value + "; " + NAME + "=" + OpaqueToken.random())));
  }

  @Test
  void formOfTheBrowsersOwnPageIsTaken() {
    assertEquals(
        SECRET, cookie.check(own(), "login", Optional.of(cookie.formToken(SECRET, "login"))));
  }

  @Test
  void formOfAnotherPageOrBrowserIsRefused() {
    assertRefused(own(), Optional.empty());
    assertRefused(own(), Optional.of(""));
    assertRefused(own(), Optional.of(cookie.formToken(SECRET, "device")));
    assertRefused(own(), Optional.of(cookie.formToken(OpaqueToken.random(), "login")));
    assertRefused(own(), Optional.of(SECRET.hash()));
    assertRefused(request("a=b"), Optional.of(cookie.formToken(SECRET, "login")));
  }

  @Test
  void formOfAnotherOriginIsRefusedWhateverItHas() {
    HttpServletRequest foreign =
        request(NAME + "=" + SECRET.value(), "Origin", "https://evil.example");
    assertRefused(foreign, Optional.of(cookie.formToken(SECRET, "login")));
  }

  @Test
  void whoHasTheCookieCannotMakeAForm() {
    assertNotEquals(SECRET.hash(), cookie.formToken(SECRET, ""));
    assertRefused(own(), Optional.of(new OpaqueToken("form:" + SECRET.value() + ":login").hash()));
  }

  private void assertRefused(HttpServletRequest request, Optional<String> presented) {
    Refusal refusal = assertThrows(Refusal.class, () -> cookie.check(request, "login", presented));
    assertEquals(Problem.CSRF, refusal.problem());
  }

  private static HttpServletRequest own() {
    return request(NAME + "=" + SECRET.value());
  }

  private static HttpServletRequest request(String cookies, String... header) {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("Cookie", List.of(cookies));
    if (header.length == 2) {
      headers.put(header[0], List.of(header[1]));
    }
    return TestHttp.request("POST", "/signet/oauth2/login", headers);
  }

  private static List<Object> set(Response.ResponseBuilder answer) {
    return answer.build().getHeaders().get("Set-Cookie");
  }
}
