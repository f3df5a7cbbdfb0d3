package dev.signet.web.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.Settings.HttpSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.NotSupportedException;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
  private final JsonBody reader =
      new JsonBody(new Uploads(new HttpSettings(64, 1, Duration.ofMinutes(1))));

  record Input(@Size(max = 3) String someText) {}

  @Test
  void absentBodyIsEmptyWhateverItsType() {
    assertEquals(Optional.empty(), read(null, ""));
    assertEquals(Optional.empty(), read("application/json", ""));
    assertEquals(Optional.empty(), read("text/plain", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "APPLICATION/JSON", "application/json; charset=utf-8"})
  void jsonIsRead(String type) {
    assertEquals(Optional.of(new Input("x")), read(type, "{\"some_text\":\"x\"}"));
  }

  @Test
  void otherTypesAreRefused() {
    for (String type : Arrays.asList(null, "text/plain", "application/jsonp")) {
      assertThrows(NotSupportedException.class, () -> read(type, "{}"));
    }
  }

  @Test
  void bodyIsBoundedAndValidated() {
    assertRefused(Problem.TOO_LARGE, "application/json", " ".repeat(65));
    assertRefused(Problem.MALFORMED_JSON, "application/json", "{");
    assertRefused(Problem.MALFORMED_JSON, "application/json", "null");
    assertRefused(Problem.INVALID_INPUT, "application/json", "{\"some_text\":\"long\"}");
  }

  private void assertRefused(Problem problem, String type, String body) {
    assertEquals(problem, assertThrows(Refusal.class, () -> read(type, body)).problem());
  }

  private Optional<Input> read(String type, String body) {
    return reader.read(Input.class, request(type), new ByteArrayInputStream(body.getBytes(UTF_8)));
  }

  private static HttpServletRequest request(String contentType) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            JsonBodyTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                method.getName().equals("getContentType") ? contentType : null);
  }
}
