package dev.signet.domain.audit;

import dev.signet.base.origin.Origin;
import dev.signet.base.origin.Source;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A recorded security event.
 *
 * @param id sorts by time, and within a node by order (RFC 9562, UUID version 7)
 * @param time to the millisecond
 * @param type the name of the type: another version of Signet may have other types
 * @param actor the identifier of the user who sent the request
 * @param subject the user concerned: an identifier, or a pseudonym for a name that was tried
 * @param client the identifier of an OAuth client
 * @param source the source of the request; empty for Signet's own work
 * @param correlation the request ID
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

  /** Characters that databases reject: NUL, and unpaired surrogates. */
  private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

  /**
   * Shortens and cleans all values, so that they fit the table: a record that the database rejects
   * would block all others.
   */
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
