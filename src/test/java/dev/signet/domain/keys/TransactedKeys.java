package dev.signet.domain.keys;

import dev.signet.domain.database.Store;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** {@link StoredKeys} with what the container does around each of its methods. */
final class TransactedKeys extends StoredKeys {
  private final Store store;

  /** Set to let the database be away. */
  private volatile boolean away;

  TransactedKeys(Store store) {
    this.store = store;
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
    return store.inTransaction(entities -> work.apply(new StoredKeys(entities)));
  }
}
