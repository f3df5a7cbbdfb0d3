package dev.signet.web.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {
  @Test
  void parametersAreDecoded() {
    Form form = Form.parse("scope=a+b%20c&n%61me=%C3%A4");

    assertEquals("a b c", form.required("scope"));
    assertEquals(Optional.of("ä"), form.text("name"));
  }

  @Test
  void parameterWithoutAValueIsLeftOut() {
    assertEquals(Optional.empty(), Form.parse("a=&b&&").text("a"));
    assertEquals("1", Form.parse("a=&a=1").required("a"));
  }

  @Test
  void resourceMayComeAgain() {
    assertEquals(
        List.of("a", "b", "c"), Form.parse("resource=a&resource=b&resource=c").texts("resource"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=1&a=1", "a=1&%61=2", "a=%z", "a=%", "%=1"})
  void whatIsNoFormIsRefused(String text) {
    assertRefused(text);
  }

  @Test
  void whoMustNotStopAtARepeatReadsAllValues() {
    Form form = Form.read("a=1&b=2&a=3");

    assertEquals(List.of("1", "3"), form.texts("a"));
    assertThrows(OAuthException.class, form::withoutRepeats);
  }

  @Test
  void encodedFormSaysTheSame() {
    Form form = Form.read("resource=https%3A%2F%2Fa&state=%26%3D+%C3%A4&resource=b&empty=");

    assertEquals("resource=https%3A%2F%2Fa&resource=b&state=%26%3D+%C3%A4", form.encoded());
    assertEquals(form, Form.read(form.encoded()));
  }

  @Test
  void numberOfParametersIsBounded() {
    assertEquals("1", Form.parse("&".repeat(99) + "a=1").required("a"));
    assertRefused("&".repeat(100) + "a=1");
  }

  @Test
  void missingParameterIsNamed() {
    OAuthException refusal =
        assertThrows(OAuthException.class, () -> Form.parse("").required("grant_type"));

    assertEquals("The parameter grant_type is missing.", refusal.getMessage());
  }

  private static void assertRefused(String text) {
    OAuthException refusal = assertThrows(OAuthException.class, () -> Form.parse(text));
    assertEquals(OAuthError.INVALID_REQUEST, refusal.error());
  }
}
