package dev.signet.web.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.oauth.ClientAuthentication;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.domain.client.ClientCredentials;
import dev.signet.web.body.Form;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownCredentialsTest {
  private static final Form NOTHING = new Form(Map.of());

  @Test
  void basicIsEncodedAsAForm() {
    assertEquals(
        new ClientCredentials(ClientAuthentication.CLIENT_SECRET_BASIC, "a:b", "s ecret:ä"),
        ShownCredentials.in(basic("a%3Ab:s+ecret%3A%C3%A4"), NOTHING));
  }

  /** RFC 6749, section 2.3.1. */
  @Test
  void emptySecretIsNone() {
    ClientCredentials alone = new ClientCredentials(ClientAuthentication.NONE, "a", "");
    Form body = Form.read("client_id=a&client_secret=");

    assertEquals(alone, ShownCredentials.in(basic("a:"), NOTHING));
    assertEquals(alone, ShownCredentials.in(null, body));
    assertEquals(alone, ShownCredentials.in(basic("a:"), body));
  }

  @Test
  void bodyMayNameTheClientOfTheHeaderOnly() {
    Form same = new Form(Map.of("client_id", List.of("a")));
    Form other = new Form(Map.of("client_id", List.of("b")));

    assertEquals("a", ShownCredentials.in(basic("a:s"), same).clientId());
    assertEquals(OAuthError.INVALID_REQUEST, refusal(basic("a:s"), other));
  }

  @Test
  void twoWaysAreRefused() {
    Form form = new Form(Map.of("client_id", List.of("a"), "client_secret", List.of("s")));

    assertEquals(OAuthError.INVALID_REQUEST, refusal(basic("a:s"), form));
  }

  /** RFC 7521, section 4.2. */
  @Test
  void assertionAndItsTypeComeTogether() {
    String type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    Form untyped = new Form(Map.of("client_id", List.of("a"), "client_assertion", List.of("x")));
    Form typeOnly =
        new Form(Map.of("client_id", List.of("a"), "client_assertion_type", List.of(type)));

    assertEquals("The parameter client_assertion_type is missing.", fault(null, untyped));
    assertEquals("The parameter client_assertion is missing.", fault(null, typeOnly));
    assertEquals("The parameter client_assertion is missing.", fault(basic("a:s"), typeOnly));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic", "Basic ", "Basic QQ==", "Basic *", "Bearer x"})
  void whatNamesNobodyIsNobody(String header) {
    assertEquals(OAuthError.INVALID_CLIENT, refusal(header, NOTHING));
  }

  @Test
  void withoutAnyCredentialsItIsNobody() {
    assertEquals(OAuthError.INVALID_CLIENT, refusal(null, NOTHING));
  }

  private static OAuthError refusal(String header, Form form) {
    return assertThrows(OAuthException.class, () -> ShownCredentials.in(header, form)).error();
  }

  private static String fault(String header, Form form) {
    OAuthException refused =
        assertThrows(OAuthException.class, () -> ShownCredentials.in(header, form));
    assertEquals(OAuthError.INVALID_REQUEST, refused.error());
    return refused.getMessage();
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
