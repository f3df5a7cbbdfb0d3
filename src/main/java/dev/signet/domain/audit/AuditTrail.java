package dev.signet.domain.audit;

import dev.signet.base.paging.Page;
import dev.signet.base.settings.AuditSettings;
import dev.signet.domain.database.Batch;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The stored records, in the order of their identifiers. Each method is one transaction. */
@Stateless
public class AuditTrail {
  @PersistenceContext(unitName = "signet")
  private EntityManager entities;

  private AuditSettings settings;
  private Clock clock;

  /** For the container's proxy. */
  public AuditTrail() {}

  @Inject
  AuditTrail(AuditSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** For tests against a bare entity manager. */
  AuditTrail(EntityManager entities, AuditSettings settings, Clock clock) {
    this(settings, clock);
    this.entities = entities;
  }

  /**
   * Stores all records or none. Existing records are skipped: a commit may have succeeded although
   * its response was lost.
   *
   * @param records at least one
   */
  public void store(List<AuditRecord> records) {
    // The records may not be in the order of their identifiers, as threads may overtake each other.
    List<String> ids = records.stream().map(AuditRecord::id).sorted().toList();
    Set<String> stored =
        new HashSet<>(
            entities
                .createQuery(
                    "select r.id from AuditRow r where r.id between :first and :last", String.class)
                .setParameter("first", ids.get(0))
                .setParameter("last", ids.get(ids.size() - 1))
                .getResultList());
    records.stream()
        .filter(record -> !stored.contains(record.id()))
        .map(AuditRow::new)
        .forEach(entities::persist);
  }

  /** Lists records, newest first. */
  public Page<AuditRecord> list(AuditQuery query) {
    StringBuilder jpql = new StringBuilder("select r from AuditRow r where 1 = 1");
    Map<String, String> values = new LinkedHashMap<>();
    query.type().ifPresent(type -> values.put("r.type = :type", type.slug()));
    query.subject().ifPresent(subject -> values.put("r.subject = :subject", subject));
    query.source().ifPresent(source -> values.put("r.source = :source", source));
    // The identifier contains the time, so one index serves the filter, the order and the page.
    query.from().ifPresent(from -> values.put("r.id >= :from", EventIds.first(from)));
    query.to().ifPresent(to -> values.put("r.id < :to", EventIds.first(to)));
    query.after().ifPresent(last -> values.put("r.id < :after", last));
    values.keySet().forEach(condition -> jpql.append(" and ").append(condition));
    TypedQuery<AuditRow> select =
        entities.createQuery(jpql.append(" order by r.id desc").toString(), AuditRow.class);
    values.forEach(
        (condition, value) ->
            select.setParameter(condition.substring(condition.indexOf(':') + 1), value));
    List<AuditRecord> found =
        select.setMaxResults(query.limit() + 1).getResultList().stream()
            .map(AuditRow::record)
            .toList();
    return Page.of(found, query.limit(), AuditRecord::id);
  }

  /**
   * Deletes a batch of records that are older than the retention.
   *
   * @return whether there may be more
   */
  public boolean deleteBatch() {
    return Batch.delete(
        entities,
        "audit",
        "id",
        "select id from audit where id < ?1 order by id",
        EventIds.first(clock.instant().minus(settings.retention())));
  }
}
