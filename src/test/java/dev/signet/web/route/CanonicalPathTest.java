package dev.signet.web.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalPathTest {
  private final TestHttp.Answer answer = new TestHttp.Answer();

  /** RFC 3986, section 5.2.4: a client removes dot segments before it sends a request. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/signet/docs/..",
        "/signet/docs/../",
        "/signet/docs/..;x",
        "/signet/docs/%2e%2E",
        "/signet/docs/.%2e",
        "/signet/.",
        "/signet/./docs"
      })
  void pathWithDotSegmentsIsNotFound(String path) throws ServletException, IOException {
    assertFalse(passes(path));

    assertEquals(404, answer.status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/signet/",
        "/signet/.well-known/jwks.json",
        "/signet/docs/docs.css",
        "/signet/...",
        "/signet/api/admin/users/a..b"
      })
  void otherPathsPass(String path) throws ServletException, IOException {
    assertTrue(passes(path));
  }

  /** RFC 9110, section 10.2.2. */
  @Test
  void contextRootWithoutItsSlashIsRedirectedRelatively() throws ServletException, IOException {
    assertFalse(passes("/signet"));

    assertEquals(302, answer.status());
    assertEquals(
        URI.create("https://id.example.org/signet/"),
        URI.create("https://id.example.org/signet").resolve(answer.header("Location")));
  }

  private boolean passes(String path) throws ServletException, IOException {
    AtomicBoolean passed = new AtomicBoolean();
    new CanonicalPath()
        .doFilter(
            TestHttp.request(path, false),
            answer.response(),
            (request, response) -> passed.set(true));
    return passed.get();
  }
}
