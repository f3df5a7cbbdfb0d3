package dev.signet.domain.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLineTest {
  private static final String ID = "019caa5e-6a78-7000-8000-000000000000";

  @Test
  void everyFieldHasItsPlace() {
    assertEquals(
        "time=2026-03-01T12:00:00.000Z event=login_failed outcome=failure reason=wrong_password"
            + " source=2001:db8:0:0:0:0:0:0/64 actor=a subject=s client=c correlation=r id="
            + ID
            + " detail=d",
        AuditLine.of(
            record(
                Optional.of("wrong_password"),
                Optional.of("a"),
                Optional.of("s"),
                Optional.of("c"),
                Optional.of("2001:db8:0:0:0:0:0:0/64"),
                Optional.of("d"))));
  }

  @Test
  void absentFieldIsAHyphen() {
    assertEquals(
        "time=2026-03-01T12:00:00.000Z event=login_failed outcome=failure reason=- source=-"
            + " actor=- subject=- client=- correlation=r id="
            + ID
            + " detail=-",
        line(Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "two words, \"two words\"",
    "-, \"-\"",
    "a=b, \"a=b\"",
    "{0}, \"{0}\"",
    "%s, \"%s\"",
  })
  void whatIsNotPlainIsInQuotes(String value, String written) {
    assertEquals(written, detail(value));
  }

  /**
   * Of line breaks of any kind, quotes, backslashes, terminal codes and text that runs backwards.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r", "\n", "\t", "\u001b", "\u007f", "\u0085", "\u2028", "\u202e", "\"", "\\", "\u00e9"
      })
  void noCharacterEndsTheLineOrTheQuotes(String value) {
    assertEquals("\"\\u%04x\"".formatted((int) value.charAt(0)), detail(value));
  }

  @Test
  void whatNoDatabaseTakesIsReplaced() {
    assertEquals("\"a\\ufffdb\"", detail("a\0b"));
  }

  @Test
  void emptyValueIsNotAnAbsentOne() {
    assertEquals("\"\"", detail(""));
  }

  private static String detail(String value) {
    String line = line(Optional.of(value));
    return line.substring(line.indexOf(" detail=") + " detail=".length());
  }

  private static String line(Optional<String> detail) {
    return AuditLine.of(
        record(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            detail));
  }

  private static AuditRecord record(
      Optional<String> reason,
      Optional<String> actor,
      Optional<String> subject,
      Optional<String> client,
      Optional<String> source,
      Optional<String> detail) {
    return new AuditRecord(
        ID,
        Instant.parse("2026-03-01T12:00:00Z"),
        "login_failed",
        "failure",
        reason,
        actor,
        subject,
        client,
        source,
        "r",
        detail);
  }
}
