package dev.signet.web.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.wiring.TestWiring;
import dev.signet.web.body.CodedBodies;
import dev.signet.web.mechanism.TestTokens;
import dev.signet.web.route.TestHttp;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.RedirectionException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemMapperTest {
  private static final String CHALLENGE = "WWW-Authenticate";
  private static final Principal ADA = () -> "Ada";

  @Test
  void refusalIsFoundInsideTheContainersExceptions() {
    Refusal refusal = Refusal.of(Problem.NAME_TAKEN, "username", "is taken");

    Response response =
        map(null, new IllegalStateException("EJB", new RuntimeException("CDI", refusal)));

    assertEquals(409, response.getStatus());
    assertTrue(body(response).contains("\"username\""), body(response));
    assertFalse(body(response).contains("EJB"), body(response));
  }

  /** Some servers respond with 403 if the caller is not logged in. */
  @Test
  void forbiddenWithoutACallerIsUnauthenticated() {
    Response response = map(null, new ForbiddenException());

    assertEquals(401, response.getStatus());
    assertEquals(
        "Bearer realm=\"Signet\", DPoP algs=\"ES256 PS256 RS256\"",
        response.getHeaderString(CHALLENGE));
  }

  @Test
  void forbiddenWithACallerStaysForbidden() {
    Response response = map(ADA, new ForbiddenException());

    assertEquals(403, response.getStatus());
    assertNull(response.getHeaderString(CHALLENGE));
  }

  @Test
  void errorsOfJaxRsBecomeProblems() {
    for (var error :
        new RuntimeException[] {new NotFoundException(), new NotSupportedException()}) {
      Response response = map(null, error);

      assertEquals("application/problem+json", response.getMediaType().toString());
      assertTrue(body(response).contains("\"status\":" + response.getStatus()), body(response));
    }
  }

  /** RFC 9110, section 15.5.16; RFC 5789, section 2.2. */
  @Test
  void refusalOfABodySaysWhatToSend() {
    Response ofType = map(null, new NotSupportedException());

    assertEquals(
        "application/merge-patch+json, application/json", ofType.getHeaderString("Accept"));
    assertEquals(ofType.getHeaderString("Accept"), ofType.getHeaderString("Accept-Patch"));
    assertTrue(body(ofType).contains("Send application/json or"), body(ofType));

    Response ofCoding =
        map(null, assertThrows(NotSupportedException.class, () -> CodedBodies.check("gzip")));

    assertEquals("identity", ofCoding.getHeaderString("Accept-Encoding"));
    assertNull(ofCoding.getHeaderString("Accept"));
    assertTrue(body(ofCoding).contains("without compression"), body(ofCoding));
  }

  @Test
  void allowedMethodsAreKept() {
    Response response = map(null, new NotAllowedException("GET", new String[] {"POST"}));

    assertEquals(405, response.getStatus());
    assertEquals("GET, HEAD, POST", response.getHeaderString("Allow"));
  }

  @Test
  void redirectIsNoProblem() {
    RedirectionException redirect =
        new RedirectionException(Response.Status.SEE_OTHER, URI.create("/docs/"));

    assertSame(redirect.getResponse(), map(null, redirect));
  }

  @Test
  void databaseThatIsGoneIsUnavailableForNow() {
    Response response =
        map(
            ADA,
            new RuntimeException(new SQLTransientConnectionException("pool is empty: 10.0.0.7")));

    assertEquals(503, response.getStatus());
    assertEquals("5", response.getHeaderString("Retry-After"));
    assertFalse(body(response).contains("10.0.0.7"), body(response));
  }

  @Test
  void unforeseenErrorShowsNothingInside() {
    Response response =
        map(ADA, new IllegalStateException("secret", new SQLException("select hash", "42000")));

    assertEquals(500, response.getStatus());
    assertFalse(body(response).contains("secret"), body(response));
    assertFalse(body(response).contains("select"), body(response));
  }

  /** Jersey asks twice for the answer to an exception of an EJB: one translation, one log line. */
  @Test
  void failureIsTranslatedOnceForARequest() {
    HttpServletRequest request = TestHttp.request("PATCH", "/signet/api/me", Map.of());
    Throwable outage = new SQLTransientConnectionException("pool is empty");
    Exception first = Failure.decisive(outage, request);

    assertSame(first, Failure.decisive(outage, request));
    assertNotSame(first, Failure.decisive(new RuntimeException(outage), request));
  }

  private static Response map(Principal caller, Throwable error) {
    SecurityContext security =
        (SecurityContext)
            Proxy.newProxyInstance(
                ProblemMapperTest.class.getClassLoader(),
                new Class<?>[] {SecurityContext.class},
                (proxy, method, arguments) -> {
                  assertEquals("getUserPrincipal", method.getName());
                  return caller;
                });
    return TestWiring.make(
            ProblemMapper.class,
            new Problems(TestTokens.SETTINGS),
            security,
            TestHttp.request("PATCH", "/signet/api/me", Map.of()))
        .toResponse(error);
  }

  private static String body(Response response) {
    return new String((byte[]) response.getEntity(), StandardCharsets.UTF_8);
  }
}
