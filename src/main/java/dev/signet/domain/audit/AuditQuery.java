package dev.signet.domain.audit;

import dev.signet.base.paging.Page;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A query for records, newest first. Empty members are no filters.
 *
 * @param subject exactly as in the records
 * @param source exactly as in the records
 * @param from excludes earlier records
 * @param to excludes records at or after this time
 * @param limit the maximum number of items
 * @param after the identifier of the last record of the previous page
 */
public record AuditQuery(
    Optional<EventType> type,
    Optional<String> subject,
    Optional<String> source,
    Optional<Instant> from,
    Optional<Instant> to,
    int limit,
    Optional<String> after) {
  private static final Pattern NAME = Pattern.compile("[^\\x00\\p{Cs}]{1,64}");
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

  /**
   * Checks the parameters of a request; null means absent.
   *
   * @param from an instant of ISO 8601, as {@code to}
   * @param limit 1 to 100
   * @throws Refusal {@link Problem#INVALID_INPUT} that names the parameter
   */
  public static AuditQuery of(
      String type,
      String subject,
      String source,
      String from,
      String to,
      String limit,
      String after) {
    return new AuditQuery(
        Optional.ofNullable(type)
            .map(
                slug ->
                    EventType.named(slug)
                        .orElseThrow(() -> refusal("type", "must be an event type"))),
        text("subject", subject, NAME, "must have 1 to 64 characters"),
        text("source", source, NAME, "must have 1 to 64 characters"),
        time("from", from),
        time("to", to),
        Page.limit(limit),
        text("after", after, ID, "must be the value of next from a previous page"));
  }

  /** Returns a copy with a different number of items per page. */
  public AuditQuery inPartsOf(int most) {
    return new AuditQuery(type, subject, source, from, to, most, after);
  }

  /** Returns the query for the next page. */
  public AuditQuery after(String id) {
    return new AuditQuery(type, subject, source, from, to, limit, Optional.of(id));
  }

  private static Optional<String> text(
      String parameter, String text, Pattern allowed, String message) {
    if (text != null && !allowed.matcher(text).matches()) {
      throw refusal(parameter, message);
    }
    return Optional.ofNullable(text);
  }

  private static Optional<Instant> time(String parameter, String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeException e) {
      throw refusal(parameter, "must be an instant such as 2026-01-31T12:00:00Z");
    }
  }

  private static Refusal refusal(String parameter, String message) {
    return Refusal.of(Problem.INVALID_INPUT, parameter, message);
  }
}
