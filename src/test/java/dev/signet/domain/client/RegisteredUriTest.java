package dev.signet.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegisteredUriTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.org",
        "https://app.example.org/",
        "https://App.Example.org/back?tenant=a%20b",
        "https://app.example.org:8443/a/b",
        "https://203.0.113.7/back",
        "https://[2001:db8::1]/back",
        "https://localhost:8443/back",
        "http://localhost:5173/back",
        "http://127.0.0.1/back",
        "http://[::1]:8080/back"
      })
  void webAddressesMayBeRegisteredByAllApps(String uri) {
    assertTrue(RegisteredUri.isRedirect(uri, false));
    assertTrue(RegisteredUri.isRedirect(uri, true));
    assertTrue(RegisteredUri.isPage(uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"com.example.app:/back", "com.example.app:back", "org.example.app-2://back/x"})
  void schemesOfTheirOwnAreForNativeApps(String uri) {
    assertTrue(RegisteredUri.isRedirect(uri, true));
    assertFalse(RegisteredUri.isRedirect(uri, false));
    assertFalse(RegisteredUri.isPage(uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/back",
        "//app.example.org/back",
        "app.example.org",
        // Schemes that run, embed or read content, or have no owner.
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java.script\\:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://app.example.org/1",
        "about:blank",
        "ftp://app.example.org/",
        "ws://localhost/",
        "myapp:/back",
        "com.:/back",
        "com..example:/back",
        "HTTPS://app.example.org/",
        "https:app.example.org",
        "https:///back",
        // Without TLS to another computer, or to what only looks like this one.
        "http://app.example.org/back",
        "http://localhost.evil.example/",
        "http://127.0.0.1.evil.example/",
        "http://127.0.0.2/",
        "http://127.1/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://LOCALHOST/",
        "http://localhost./",
        "http://0.0.0.0/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://localhost@evil.example/",
        "http://localhost:80@evil.example/",
        "http://localhost%2eevil.example/",
        // The same by https.
        "https://localhost.evil.example/",
        "https://Localhost.evil.example/",
        "https://127.0.0.1.evil.example/",
        "https://127.1/",
        "https://0x7f.1/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://0177.0.0.1/",
        "https://localhost./",
        "https://[::ffff:127.0.0.1]/",
        // Users, fragments, wildcards, ports.
        "https://user@app.example.org/",
        "https://user:password@app.example.org/",
        "https://@app.example.org/",
        "https://app.example.org/#",
        "https://app.example.org/#a=b",
        "https://*.example.org/",
        "https://app.example.org/*",
        "https://app.example.org:/",
        "https://app.example.org:0/",
        "https://app.example.org:65536/",
        "https://app.example.org:443x/",
        // What two parsers read in two ways.
        "https://app.example.org\\@evil.example/",
        "https:\\\\app.example.org/",
        "https://app.example.org%2fevil.example/",
        "https://app%2eexample.org/",
        "https://app_example.org/",
        "https://ex\u00e4mple.org/",
        "https://app.example.org/\u202e",
        "https://app.example.org/a b",
        " https://app.example.org/",
        "https://app.example.org/\n",
        "https://app.example.org/\u0000",
        "https://app.example.org/%zz",
        "https://app.example.org/a/../b",
        "https://app.example.org/./b",
        "https://app.example.org/a/%2e%2E/b",
        "https://app.example.org/a/..%2fb",
        "https://app.example.org/a/..%5cb",
        "com.example.app:/a/../b",
        "com.example.app://user@back"
      })
  void nobodyMayRegisterThese(String uri) {
    assertFalse(RegisteredUri.isRedirect(uri, false));
    assertFalse(RegisteredUri.isRedirect(uri, true));
    assertFalse(RegisteredUri.isPage(uri));
  }

  @Test
  void uriHasAtMost400Characters() {
    String most = "https://app.example.org/" + "x".repeat(376);

    assertEquals(400, most.length());
    assertTrue(RegisteredUri.isRedirect(most, false));
    assertFalse(RegisteredUri.isRedirect(most + "x", false));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/cb, https://a.example/cb, true",
    "https://a.example/cb, https://a.example/cb/, false",
    "https://a.example/cb, https://a.example:443/cb, false",
    "http://127.0.0.1/cb, http://127.0.0.1:51004/cb, true",
    "http://127.0.0.1:8000/cb?a=1, http://127.0.0.1/cb?a=1, true",
    "http://127.0.0.1, http://127.0.0.1:51004, true",
    "http://[::1]/cb, http://[::1]:51004/cb, true",
    "http://[::1]/cb, http://127.0.0.1:51004/cb, false",
    "http://127.0.0.1/cb, http://127.0.0.1:51004/cb?more, false",
    "http://127.0.0.1/cb, http://127.0.0.1:/cb, false",
    "http://127.0.0.1/cb, http://127.0.0.1:5100x/cb, false",
    "http://127.0.0.1/cb, http://127.0.0.1:80@evil.example/cb, false",
    "http://127.0.0.1, http://127.0.0.1.evil.example, false",
    "http://127.0.0.1/cb, HTTP://127.0.0.1:51004/cb, false",
    "https://127.0.0.1/cb, https://127.0.0.1:51004/cb, false",
    "http://localhost/cb, http://localhost:51004/cb, false"
  })
  void onlyThePortOfALoopbackAddressMayDiffer(String registered, String asked, boolean same) {
    assertEquals(same, RegisteredUri.isSame(registered, asked, false));
  }

  /** RFC 9700, section 2.1. */
  @ParameterizedTest
  @CsvSource({
    "http://localhost/cb, http://localhost:51004/cb, true",
    "http://localhost:3000/cb, http://localhost:51004/cb, true",
    "http://localhost:3000/cb?a=1, http://localhost/cb?a=1, true",
    "http://localhost/cb, http://localhost:51004/other, false",
    "http://localhost/cb, http://127.0.0.1:51004/cb, false",
    "http://127.0.0.1/cb, http://localhost:51004/cb, false",
    "http://localhost/cb, https://localhost:51004/cb, false",
    "http://localhost/cb, http://localhost.evil.example:51004/cb, false",
    "http://localhost/cb, http://localhost:80@evil.example/cb, false",
    "http://localhost/cb, http://Localhost:51004/cb, false",
    "https://a.example/cb, https://a.example:8443/cb, false"
  })
  void portOfLocalhostMayDifferForANativeClient(String registered, String asked, boolean same) {
    assertEquals(same, RegisteredUri.isSame(registered, asked, true));
  }
}
