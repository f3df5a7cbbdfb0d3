package dev.signet.web.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRedirectTest {
  /**
   * RFC 9110, section 10.2.2: the target is resolved against the address that the browser knows.
   */
  @ParameterizedTest
  @ValueSource(strings = {"", "/signet", "/a/path/that/a/proxy/strips"})
  void redirectStaysBelowEachContextRootAndProxy(String prefix) {
    TestHttp.Answer answer = new TestHttp.Answer();

    new PageRedirect().doGet(TestHttp.request("/signet/docs", false), answer.response());

    assertEquals(302, answer.status());
    assertEquals(
        URI.create("https://id.example.org" + prefix + "/docs/"),
        URI.create("https://id.example.org" + prefix + "/docs").resolve(answer.header("Location")));
  }
}
