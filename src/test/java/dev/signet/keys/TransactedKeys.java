package dev.signet.keys;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** {@link StoredKeys} with what the container does around each of its methods. */
final class TransactedKeys extends StoredKeys {
  private final EntityManagerFactory factory;

  /** Set to let the database be away. */
  private volatile boolean away;

  private TransactedKeys(EntityManagerFactory factory) {
    this.factory = factory;
  }

  /** Brings the schema up to date. */
  static TransactedKeys in(DataSource dataSource) {
    Flyway.configure().dataSource(dataSource).locations("classpath:db/migration").load().migrate();
    return new TransactedKeys(
        Persistence.createEntityManagerFactory(
            "signet-test", Map.of("jakarta.persistence.nonJtaDataSource", dataSource)));
  }

  @Override
  public List<SigningKey> all() {
    return inTransaction(StoredKeys::all);
  }

  @Override
  public void add(SigningKey key) {
    run(keys -> keys.add(key));
  }

  @Override
  public void eraseSecret(String id, String sealedPublicKey) {
    run(keys -> keys.eraseSecret(id, sealedPublicKey));
  }

  @Override
  public void delete(List<String> ids) {
    run(keys -> keys.delete(ids));
  }

  void goAway(boolean gone) {
    away = gone;
  }

  void clear() {
    List<String> ids = all().stream().map(SigningKey::id).toList();
    if (!ids.isEmpty()) {
      delete(ids);
    }
  }

  void close() {
    factory.close();
  }

  private void run(Consumer<StoredKeys> work) {
    inTransaction(
        keys -> {
          work.accept(keys);
          return null;
        });
  }

  private <T> T inTransaction(Function<StoredKeys, T> work) {
    if (away) {
      throw new IllegalStateException("the database is away");
    }
    try (EntityManager entities = factory.createEntityManager()) {
      entities.getTransaction().begin();
      try {
        T result = work.apply(new StoredKeys(entities));
        entities.getTransaction().commit();
        return result;
      } finally {
        if (entities.getTransaction().isActive()) {
          entities.getTransaction().rollback();
        }
      }
    }
  }
}
