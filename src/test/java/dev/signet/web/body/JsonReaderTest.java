package dev.signet.web.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.problem.FieldError;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.Settings.HttpSettings;
import dev.signet.base.wiring.TestWiring;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  private static final int LIMIT = 1024;

  private final MessageBodyReader<Record> reader =
      TestWiring.make(
          JsonReader.class, new Uploads(new HttpSettings(LIMIT, 1, Duration.ofMinutes(1))));

  /** The kinds of members that endpoints have. */
  record Input(
      @NotNull @Size(min = 2, max = 8) String userName,
      @Size(max = 8) String newPassword,
      Optional<@Size(max = 8) String> email,
      @Size(max = 3) Set<@NotNull @Pattern(regexp = "[a-z]+") String> groups,
      Boolean enabled,
      Inner inner) {}

  record Inner(String someText, Inner inner, Long seconds) {}

  @Test
  void recordsAreReadAndNothingElse() {
    Annotation[] none = {};

    assertTrue(reader.isReadable(Input.class, Input.class, none, MediaType.APPLICATION_JSON_TYPE));
    for (Class<?> other : List.of(String.class, Map.class, InputStream.class, Object.class)) {
      assertFalse(reader.isReadable(other, other, none, MediaType.APPLICATION_JSON_TYPE));
    }
  }

  @Test
  void membersAreInSnakeCase() throws Exception {
    Input input =
        read(
            """
            {"user_name": "ada", "new_password": "\\u00e9\u00E9", "email": "a@b.c",
             "groups": ["a", "b"], "enabled": true, "inner": {"some_text": "x"}}
            """);

    assertEquals(
        new Input(
            "ada",
            "\u00E9\u00E9",
            Optional.of("a@b.c"),
            Set.of("a", "b"),
            true,
            new Inner("x", null, null)),
        input);
  }

  @Test
  void unknownMembersAreIgnored() throws Exception {
    Input input =
        read(
            "{'id': 1, 'role': 'admin', 'x': {'y': [1, {}]}, 'userName': 'eve', 'user_name': 'ada'}");

    assertEquals("ada", input.userName());
  }

  @Test
  void nullIsToldFromAbsent() throws Exception {
    assertEquals(Optional.empty(), read("{'user_name': 'ada', 'email': null}").email());
    assertNull(read("{'user_name': 'ada'}").email());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'user_name': 'ada', 'user_name': 'eve'}",
        "{'user_name': 'ada', 'x': 1, 'x': 2}",
        "{'user_name': 'ada', 'x': {'y': 1, 'y': 1}}",
        "{'user_name': 'ada', 'inner': {'some_text': 'a', 'some_text': 'b'}}"
      })
  void duplicateMembersAreRefused(String body) {
    assertMalformed(body);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'user_name': 5} | user_name",
        "{'user_name': 1.5} | user_name",
        "{'user_name': true} | user_name",
        "{'user_name': ['ada']} | user_name",
        "{'user_name': {}} | user_name",
        "{'user_name': 'ada', 'enabled': 'true'} | enabled",
        "{'user_name': 'ada', 'enabled': 1} | enabled",
        "{'user_name': 'ada', 'enabled': ''} | enabled",
        "{'user_name': 'ada', 'email': 5} | email",
        "{'user_name': 'ada', 'email': {}} | email",
        "{'user_name': 'ada', 'groups': 'admin'} | groups",
        "{'user_name': 'ada', 'groups': {}} | groups",
        "{'user_name': 'ada', 'groups': [1]} | groups",
        "{'user_name': 'ada', 'inner': 'x'} | inner",
        "{'user_name': 'ada', 'inner': {'some_text': 1}} | inner.some_text",
        "{'user_name': 'ada', 'inner': {'seconds': '60'}} | inner.seconds",
        "{'user_name': 'ada', 'inner': {'seconds': 1.5}} | inner.seconds",
        "{'user_name': 'ada', 'inner': {'seconds': 1e30}} | inner.seconds",
        "{'user_name': 'ada', 'inner': {'seconds': 9223372036854775808}} | inner.seconds"
      })
  void wrongTypeIsNamedByItsMember(String body, String field) {
    Refusal refusal = refusal(body);

    assertEquals(Problem.INVALID_INPUT, refusal.problem());
    assertEquals(List.of(new FieldError(field, "has the wrong type")), refusal.errors());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "5",
        "true",
        "''",
        "'ada'",
        "[]",
        "[{'user_name': 'ada'}]",
        "{",
        "{'user_name'",
        "{'user_name': 'ada'",
        "{'user_name': 'ada',}",
        "{user_name: 'ada'}",
        "{'user_name': NaN}",
        "{'user_name': 'a\u0001b'}",
        "{'user_name': '\\x'}",
        "{'user_name': 'ada'} x",
        "{'user_name': 'ada'}{}",
        "{'user_name': 'ada'} null",
        "{'user_name': 'ada'} /* comment */",
        "// comment\n{'user_name': 'ada'}",
        "user_name=ada",
        "<user/>"
      })
  void whatIsNotOneJsonObjectIsRefused(String body) {
    assertMalformed(body);
  }

  /** RFC 8259, section 8.1. */
  @Test
  void byteOrderMarkIsIgnoredAtTheBeginningOnly() throws Exception {
    assertEquals("ada", read("\uFEFF{'user_name': 'ada'}").userName());
    assertMalformed("\uFEFF");
    assertMalformed("\uFEFF\uFEFF{'user_name': 'ada'}");
    assertMalformed("{\uFEFF'user_name': 'ada'}");
  }

  @Strict
  record Change(String userName, Inner inner) {}

  @Test
  void strictRecordNamesAllMembersThatItLacks() throws Exception {
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () ->
                JsonReader.read(
                    Change.class,
                    "{\"id\":{\"x\":1},\"user_name\":\"ada\",\"Inner\":null,\"inner\":{\"some\":[]}}"
                        .getBytes(UTF_8)));

    assertEquals(Problem.INVALID_INPUT, refusal.problem());
    assertEquals(
        List.of("Inner", "id", "some"), refusal.errors().stream().map(FieldError::field).toList());
    assertEquals(
        "is not supported; supported members: inner, user_name", refusal.errors().get(0).message());
    assertEquals(
        "ada", JsonReader.read(Change.class, "{\"user_name\":\"ada\"}".getBytes(UTF_8)).userName());
  }

  @Test
  void refusalNamesAtMostTwentyUnknownMembers() {
    String members =
        IntStream.range(0, 1000).mapToObj(i -> "\"x" + i + "\":0").collect(Collectors.joining(","));

    Refusal refusal =
        assertThrows(
            Refusal.class,
            () -> JsonReader.read(Change.class, ("{" + members + "}").getBytes(UTF_8)));

    assertEquals(20, refusal.errors().size());
  }

  /** JSON in single quotes, which the tests of this class turn into double ones, is none. */
  @Test
  void singleQuotesAreRefused() {
    assertEquals(
        Problem.MALFORMED_JSON,
        assertThrows(Refusal.class, () -> read("{'user_name':'ada'}".getBytes(UTF_8), Map.of()))
            .problem());
  }

  @Test
  void deepNestingIsRefusedInKnownAndUnknownMembers() throws Exception {
    assertEquals("ada", read("{'user_name': 'ada', 'x': " + nested(15) + "}").userName());
    assertMalformed("{'user_name': 'ada', 'x': " + nested(16) + "}");
    assertMalformed("{'user_name': 'ada', 'x': " + nested(400) + "}");
    assertMalformed("[".repeat(1000));
    assertMalformed("{'user_name': 'ada', 'inner': " + "{'inner': ".repeat(50) + "}");
  }

  @Test
  void longNamesAndNumbersAreRefused() throws Exception {
    String name = "n".repeat(256);
    assertEquals("ada", read("{'user_name': 'ada', '" + name + "': 1}").userName());
    assertMalformed("{'user_name': 'ada', '" + name + "nn': 1}");
    assertMalformed("{'user_name': 'ada', 'x': [" + "9".repeat(500) + "]}");
  }

  @Test
  void bodyUpToTheLimitIsRead() throws Exception {
    assertEquals("ada", read(padded(LIMIT), Map.of()).userName());
    assertEquals(
        "ada", read(padded(LIMIT), Map.of(HttpHeaders.CONTENT_LENGTH, "" + LIMIT)).userName());
  }

  @Test
  void bodyAnnouncedAsTooLongIsRefusedUnread() {
    for (String length : List.of("" + (LIMIT + 1), "104857600", "9223372036854775807")) {
      Endless body = new Endless();
      assertTooLarge(() -> read(body, Map.of(HttpHeaders.CONTENT_LENGTH, length)));
      assertEquals(0, body.count);
    }
  }

  @Test
  void unannouncedBodyIsCounted() {
    assertTooLarge(() -> read(padded(LIMIT + 1), Map.of()));
  }

  @Test
  void bodyLongerThanAnnouncedIsCounted() {
    assertTooLarge(() -> read(padded(LIMIT + 1), Map.of(HttpHeaders.CONTENT_LENGTH, "10")));
  }

  @Test
  void endlessBodyIsReadUpToTheLimitOnly() {
    Endless endless = new Endless();
    assertTooLarge(() -> read(endless, Map.of()));
    assertEquals(LIMIT + 1, endless.count);
  }

  /** A client's fault must not look like one of Signet's; the count decides. */
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "many", "1e1", "0x10", "10, 10", "99999999999999999999", "-1"})
  void unreadableContentLengthIsNoFaultOfOurs(String length) throws Exception {
    Map<String, String> headers = Map.of(HttpHeaders.CONTENT_LENGTH, length);

    assertEquals("ada", read(padded(LIMIT), headers).userName());
    assertTooLarge(() -> read(padded(LIMIT + 1), headers));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "ISO-8859-1"})
  void jsonIsUtf8AndNothingElse(String charset) {
    byte[] body = "{\"user_name\": \"ad\u00E1\"}".getBytes(Charset.forName(charset));

    assertEquals(
        Problem.MALFORMED_JSON, assertThrows(Refusal.class, () -> read(body, Map.of())).problem());
  }

  /** Bytes that look like the beginning of other encodings. */
  @Test
  void bytesThatAreNoTextAreRefused() {
    for (byte[] body :
        new byte[][] {
          {0, 0, (byte) 0xFF, (byte) 0xFE},
          {(byte) 0xFE, (byte) 0xFF, 0, 0},
          {0, 0, 0, '{', -1, -1, -1, -1},
          {'{', 0, 0, 0, -1, -1, -1, -1},
          {0, '{', (byte) 0xD8, 0},
          {'{', '"', (byte) 0xC0, (byte) 0x80, '"'},
          {'{', '"', (byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'},
          {'{', '"', 'a', (byte) 0xE2, (byte) 0x82}
        }) {
      assertEquals(
          Problem.MALFORMED_JSON,
          assertThrows(Refusal.class, () -> read(body, Map.of())).problem());
    }
  }

  @Test
  void everyFaultIsListedSortedByMemberInSnakeCase() {
    Refusal refusal =
        refusal(
            "{'user_name': 'a', 'new_password': '123456789', 'email': '123456789',"
                + " 'groups': ['UP']}");

    assertEquals(Problem.INVALID_INPUT, refusal.problem());
    assertEquals("The input is not valid.", refusal.getMessage());
    assertEquals(
        List.of(
            new FieldError("email", "size must be between 0 and 8"),
            new FieldError("groups", "must match \"[a-z]+\""),
            new FieldError("new_password", "size must be between 0 and 8"),
            new FieldError("user_name", "size must be between 2 and 8")),
        refusal.errors());
  }

  @Test
  void missingMemberIsNamed() {
    for (String body : List.of("{}", "{'user_name': null}")) {
      assertEquals(
          List.of(new FieldError("user_name", "must not be null")), refusal(body).errors());
    }
  }

  @Test
  void nullAmongGroupsIsRefused() {
    assertEquals(
        List.of(new FieldError("groups", "must not be null")),
        refusal("{'user_name': 'ada', 'groups': [null]}").errors());
  }

  @Test
  void messagesAreEnglishWhereverTheMachineStands() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMAN);
    try {
      assertEquals("must not be null", refusal("{}").errors().get(0).message());
    } finally {
      Locale.setDefault(before);
    }
  }

  /** It may hold a password, and refusals are logged and shown. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'user_name': 'ada', 'new_password': 'hunter2'",
        "{'user_name': 'ada', 'new_password': 'hunter2' 'x'}",
        "{'user_name': 'ada', 'new_password': hunter2}",
        "{'user_name': 'ada', 'new_password': 'hunter2'} trailing",
        "{'user_name': 'ada', 'enabled': 'hunter2'}",
        "{'user_name': 'ada', 'groups': 'hunter2'}",
        "{'user_name': 'ada', 'inner': 'hunter2'}",
        "{'user_name': 'ada', 'new_password': 'hunter2hunter2'}",
        "{'user_name': 'ada', 'groups': ['hunter2']}",
        "{'hunter2': 1, 'hunter2': 2}",
        "'hunter2'",
        "hunter2"
      })
  void refusalNeverQuotesTheBody(String body) {
    Refusal refusal = refusal(body);

    assertFalse(refusal.toString().contains("hunter"), refusal.toString());
    assertFalse(refusal.errors().toString().contains("hunter"), refusal.errors().toString());
    assertNull(refusal.getCause());
  }

  @Test
  void brokenPlaceIsShownByLineAndColumn() {
    assertEquals(
        "The body cannot be read as JSON. Look at line 2, column 14.",
        refusal("{\n'user_name': x}").getMessage());
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private static byte[] padded(int length) {
    String json = "{\"user_name\": \"ada\"}";
    return (json + " ".repeat(length - json.length())).getBytes(UTF_8);
  }

  private void assertMalformed(String body) {
    Refusal refusal = refusal(body);
    assertEquals(Problem.MALFORMED_JSON, refusal.problem());
    assertEquals(List.of(), refusal.errors());
  }

  private static void assertTooLarge(Reading reading) {
    Refusal refusal = assertThrows(Refusal.class, reading::read);
    assertEquals(Problem.TOO_LARGE, refusal.problem());
    assertEquals("The body must have at most 1024 bytes.", refusal.getMessage());
  }

  private Refusal refusal(String body) {
    return assertThrows(Refusal.class, () -> read(body));
  }

  /** Reads JSON with single quotes for double ones. */
  private Input read(String body) throws IOException {
    return read(body.replace('\'', '"').getBytes(UTF_8), Map.of());
  }

  private Input read(byte[] body, Map<String, String> headers) throws IOException {
    return read(new ByteArrayInputStream(body), headers);
  }

  @SuppressWarnings("unchecked") // JAX-RS asks like this, too.
  private Input read(InputStream body, Map<String, String> headers) throws IOException {
    MultivaluedMap<String, String> all = new MultivaluedHashMap<>();
    headers.forEach(all::add);
    Class<?> type = Input.class;
    return (Input)
        reader.readFrom(
            (Class<Record>) type,
            type,
            new Annotation[0],
            MediaType.APPLICATION_JSON_TYPE,
            all,
            body);
  }

  private static final class Endless extends InputStream {
    private int count;

    @Override
    public int read() {
      count++;
      return ' ';
    }

    @Override
    public int read(byte[] into, int from, int length) {
      Arrays.fill(into, from, from + length, (byte) ' ');
      count += length;
      return length;
    }
  }

  private interface Reading {
    Input read() throws IOException;
  }
}
