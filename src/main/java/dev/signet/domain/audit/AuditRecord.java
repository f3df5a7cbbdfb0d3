package dev.signet.domain.audit;

import dev.signet.base.origin.Origin;
import dev.signet.base.origin.Source;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A security event as it is written down.
 *
 * @param id sorts by time, and by order within a node (RFC 9562, UUID version 7)
 * @param time to the millisecond
 * @param type by its name: another version of Signet may have others
 * @param actor the identifier of the user whose access token came with the request
 * @param subject whom it concerns: a user's identifier, or what is kept of a name that was tried
 * @param client the identifier of an OAuth client
 * @param source of the request, as failures are counted; empty for Signet's own work
 * @param correlation ties together what one request caused
 */
public record AuditRecord(
    String id,
    Instant time,
    String type,
    String outcome,
    Optional<String> reason,
    Optional<String> actor,
    Optional<String> subject,
    Optional<String> client,
    Optional<String> source,
    String correlation,
    Optional<String> detail) {
  private static final int NAME = 64;
  private static final int DETAIL = 4_000;

  /** No database takes these: NUL, and halves of characters. */
  private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

  /** Whatever is given fits the table: one record that is refused would hold up all others. */
  public AuditRecord {
    actor = actor.map(text -> fitting(text, NAME));
    subject = subject.map(text -> fitting(text, NAME));
    client = client.map(text -> fitting(text, NAME));
    source = source.map(text -> fitting(text, NAME));
    correlation = fitting(correlation, NAME);
    detail = detail.map(text -> fitting(text, DETAIL));
  }

  static AuditRecord of(String id, SecurityEvent event, Origin origin) {
    return new AuditRecord(
        id,
        EventIds.time(id),
        event.type().slug(),
        event.type().outcome().slug(),
        event.reason().map(Reason::slug),
        origin.actor().get(),
        event.subject(),
        event.client(),
        origin.source().map(Source::key),
        origin.correlation(),
        event.detail());
  }

  private static String fitting(String text, int most) {
    String cut = text.length() <= most ? text : text.substring(0, most);
    return UNSTORABLE.matcher(cut).replaceAll("\ufffd");
  }
}
