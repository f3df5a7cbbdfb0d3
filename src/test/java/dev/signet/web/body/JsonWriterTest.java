package dev.signet.web.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.ByteArrayOutputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  private static final Annotation[] NONE = {};

  private final JsonWriter writer = new JsonWriter();

  record Output(String userName, Instant createdAt, Optional<String> email, List<String> groups) {}

  @Test
  void recordsAreWrittenAndNothingElse() {
    for (Class<?> other : List.of(String.class, byte[].class, List.class)) {
      assertFalse(writer.isWriteable(other, other, NONE, MediaType.APPLICATION_JSON_TYPE));
    }
    assertTrue(
        writer.isWriteable(Output.class, Output.class, NONE, MediaType.APPLICATION_JSON_TYPE));
  }

  @Test
  void membersAreInSnakeCaseAndTimesInIso8601() throws Exception {
    assertEquals(
        "{\"user_name\":\"Zo\u00EB\",\"created_at\":\"2026-03-01T12:00:00.250Z\","
            + "\"email\":null,\"groups\":[\"user\"]}",
        written(
            new Output(
                "Zo\u00EB",
                Instant.parse("2026-03-01T12:00:00.250Z"),
                Optional.empty(),
                List.of("user"))));
  }

  @Test
  void presentOptionalIsItsValue() throws Exception {
    assertEquals(
        "{\"user_name\":null,\"created_at\":null,\"email\":\"a@b.c\",\"groups\":[]}",
        written(new Output(null, null, Optional.of("a@b.c"), List.of())));
  }

  private String written(Record value) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.writeTo(
        value,
        value.getClass(),
        value.getClass(),
        NONE,
        MediaType.APPLICATION_JSON_TYPE,
        new MultivaluedHashMap<>(),
        out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
