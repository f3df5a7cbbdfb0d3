package dev.signet.domain.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** A stored record. */
@Entity
@Table(name = "audit")
class AuditRow {
  @Id private String id;

  @Column(name = "occurred_at")
  private OffsetDateTime occurredAt;

  private String type;

  private String outcome;

  private String reason;

  private String actor;

  private String subject;

  private String client;

  private String source;

  private String correlation;

  private String detail;

  /** For JPA. */
  protected AuditRow() {}

  AuditRow(AuditRecord record) {
    id = record.id();
    occurredAt = record.time().atOffset(ZoneOffset.UTC);
    type = record.type();
    outcome = record.outcome();
    reason = record.reason().orElse(null);
    actor = record.actor().orElse(null);
    subject = record.subject().orElse(null);
    client = record.client().orElse(null);
    source = record.source().orElse(null);
    correlation = record.correlation();
    detail = record.detail().orElse(null);
  }

  String id() {
    return id;
  }

  AuditRecord record() {
    return new AuditRecord(
        id,
        occurredAt.toInstant(),
        type,
        outcome,
        Optional.ofNullable(reason),
        Optional.ofNullable(actor),
        Optional.ofNullable(subject),
        Optional.ofNullable(client),
        Optional.ofNullable(source),
        correlation,
        Optional.ofNullable(detail));
  }

  @Override
  public String toString() {
    return "AuditRow[" + id + "]";
  }
}
