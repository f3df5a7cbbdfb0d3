package dev.signet.domain.audit;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Formats a record as one line of the log: always the same keys in the same order, with {@code -}
 * for absent values. Values with special characters are quoted and escaped, so that no value can
 * forge a line or a field.
 */
final class AuditLine {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/@+][A-Za-z0-9._:/@+-]*");

  /** Always with milliseconds. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private static final HexFormat HEX = HexFormat.of();

  private AuditLine() {}

  static String of(AuditRecord record) {
    StringBuilder line = new StringBuilder(320);
    line.append("time=");
    TIME.formatTo(record.time(), line);
    add(line, "event", record.type());
    add(line, "outcome", record.outcome());
    add(line, "reason", record.reason());
    add(line, "source", record.source());
    add(line, "actor", record.actor());
    add(line, "subject", record.subject());
    add(line, "client", record.client());
    add(line, "correlation", record.correlation());
    add(line, "id", record.id());
    add(line, "detail", record.detail());
    return line.toString();
  }

  private static void add(StringBuilder line, String key, Optional<String> value) {
    if (value.isPresent()) {
      add(line, key, value.get());
    } else {
      line.append(' ').append(key).append("=-");
    }
  }

  private static void add(StringBuilder line, String key, String value) {
    line.append(' ').append(key).append('=');
    if (PLAIN.matcher(value).matches()) {
      line.append(value);
      return;
    }
    line.append('"');
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      if (each < ' ' || each > '~' || each == '"' || each == '\\') {
        line.append("\\u").append(HEX.toHexDigits(each));
      } else {
        line.append(each);
      }
    }
    line.append('"');
  }
}
