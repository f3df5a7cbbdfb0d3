package dev.signet.base.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestObjectTest {
  @Test
  void unsignedOneSaysWhereTheRefusalGoes() {
    RequestObject object = object("{\"response_mode\":\"form_post\",\"state\":\"s\"}");

    assertEquals(Optional.of("form_post"), object.responseMode());
    assertEquals(Optional.of("s"), object.state());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "null", "", "{", "{\"state\":1,\"response_mode\":[]}", "1"})
  void whatIsNotThereOrNoTextIsNotRead(String payload) {
    assertEquals(Optional.empty(), object(payload).responseMode());
    assertEquals(Optional.empty(), object(payload).state());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b", "a.%.c", "a.b.c.d.e", "..", "https://app.example.org"})
  void whatIsNoRequestObjectSaysNothing(String text) {
    assertEquals(Optional.empty(), RequestObject.of(text).state());
  }

  @Test
  void deepOneSaysNothing() {
    String deep = "[".repeat(1_000) + "]".repeat(1_000);

    assertEquals(Optional.empty(), object("{\"x\":" + deep + ",\"state\":\"s\"}").state());
  }

  private static RequestObject object(String payload) {
    String encoded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(payload.getBytes(StandardCharsets.UTF_8));
    return RequestObject.of("eyJhbGciOiJub25lIn0." + encoded + ".");
  }
}
