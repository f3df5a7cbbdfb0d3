package dev.signet.web.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.web.caller.CallerToken;
import dev.signet.web.error.Problems;
import jakarta.json.Json;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

class FreshFilterTest {
  private static final Instant LOGIN = TestTokens.NOW;
  private static final Duration MAX_AGE = Duration.ofMinutes(15);

  @Test
  void loginIsFreshUntilItIsOlderThanTheMaximum() {
    Map<String, Object> claims = Map.of("upn", "Ada", "auth_time", LOGIN.getEpochSecond());

    assertEquals(200, status(claims, LOGIN));
    assertEquals(200, status(claims, LOGIN.plus(MAX_AGE)));
    assertEquals(401, status(claims, LOGIN.plus(MAX_AGE).plusSeconds(1)));
  }

  @Test
  void loginOfUnknownAgeIsStale() {
    assertEquals(401, status(Map.of("upn", "Ada"), LOGIN));
    assertEquals(401, status(Map.of("upn", "Ada", "auth_time", "now"), LOGIN));
  }

  /** As some servers hand out the claims of their own tokens. */
  @Test
  void timeMayBeAJsonNumber() {
    JsonWebToken caller = token("auth_time", Json.createValue(LOGIN.getEpochSecond()));

    assertEquals(200, status(caller, LOGIN));
    assertEquals(401, status(caller, LOGIN.plus(MAX_AGE).plusSeconds(1)));
  }

  @Test
  void withoutACallerTheRolesDecide() {
    assertEquals(200, status(CallerToken.NONE, LOGIN));
  }

  @Test
  void challengeIsThatOfRfc9470() {
    Response answer = answer(token("other", "x"), LOGIN);

    assertEquals(
        "Bearer realm=\"Signet\", error=\"insufficient_user_authentication\","
            + " error_description=\"Log in again: this operation requires a recent login"
            + " with the password.\", acr_values=\"urn:signet:acr:fresh\", max_age=\"900\""
            + ", DPoP algs=\"ES256 PS256 RS256\"",
        answer.getHeaderString("WWW-Authenticate"));
    assertEquals("application/problem+json", answer.getMediaType().toString());
  }

  private static int status(Map<String, Object> claims, Instant now) {
    return status(new CallerToken(TestTokens.verified(claims)), now);
  }

  private static int status(JsonWebToken caller, Instant now) {
    return answer(caller, now).getStatus();
  }

  private static Response answer(JsonWebToken caller, Instant now) {
    Response[] answer = {Response.ok().build()};
    ContainerRequestContext request =
        (ContainerRequestContext)
            Proxy.newProxyInstance(
                FreshFilterTest.class.getClassLoader(),
                new Class<?>[] {ContainerRequestContext.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("getHeaderString")) {
                    return null;
                  }
                  if (!method.getName().equals("abortWith")) {
                    throw new UnsupportedOperationException(method.getName());
                  }
                  answer[0] = (Response) arguments[0];
                  return null;
                });
    new FreshFilter(
            MAX_AGE, caller, Clock.fixed(now, ZoneOffset.UTC), new Problems(TestTokens.SETTINGS))
        .filter(request);
    return answer[0];
  }

  private static JsonWebToken token(String name, Object value) {
    return new JsonWebToken() {
      @Override
      public String getName() {
        return "Ada";
      }

      @Override
      public Set<String> getClaimNames() {
        return Set.of(name);
      }

      @Override
      @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
      public <T> T getClaim(String wanted) {
        return wanted.equals(name) ? (T) value : null;
      }
    };
  }
}
