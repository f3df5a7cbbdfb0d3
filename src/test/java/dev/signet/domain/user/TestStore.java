package dev.signet.domain.user;

import dev.signet.domain.audit.SecurityEvent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The real {@link Users} on a database in memory with the real schema, within one transaction that
 * nothing is left of.
 */
public final class TestStore implements AutoCloseable {
  private static final EntityManagerFactory FACTORY = factory();

  private final List<AccountChanged> changes = new ArrayList<>();
  private final List<SecurityEvent> events = new ArrayList<>();
  private final EntityManager entities = FACTORY.createEntityManager();

  public TestStore() {
    entities.getTransaction().begin();
  }

  public Users users(Clock clock) {
    return new Users(entities, clock, changes::add, events::add);
  }

  /** What observers were told. */
  public List<AccountChanged> changes() {
    return changes;
  }

  /** What is recorded when the transaction is committed. */
  public List<SecurityEvent> events() {
    return events;
  }

  /** What the database has, rather than what was read before. */
  public User reloaded(User user) {
    entities.flush();
    entities.clear();
    return entities.find(User.class, user.id());
  }

  @Override
  public void close() {
    entities.getTransaction().rollback();
    entities.close();
  }

  private static EntityManagerFactory factory() {
    JdbcDataSource dataSource = new JdbcDataSource();
    dataSource.setURL("jdbc:h2:mem:test-store;DB_CLOSE_DELAY=-1");
    Flyway.configure().dataSource(dataSource).locations("classpath:db/migration").load().migrate();
    return Persistence.createEntityManagerFactory(
        "signet-test", Map.of("jakarta.persistence.nonJtaDataSource", dataSource));
  }
}
