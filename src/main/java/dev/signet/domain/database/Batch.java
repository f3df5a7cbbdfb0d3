package dev.signet.domain.database;

import jakarta.persistence.EntityManager;

/** Deletes rows that are no longer needed, in batches, so that transactions stay short. */
public final class Batch {
  private static final int SIZE = 1_000;

  private Batch() {}

  /**
   * Deletes a batch of the rows that a query finds, within the caller's transaction.
   *
   * @param select SQL that finds the keys of all rows to delete, with one parameter, {@code ?1}
   * @return whether there may be more
   */
  public static boolean delete(
      EntityManager entities, String table, String key, String select, Object parameter) {
    return entities
            .createNativeQuery(
                "delete from %s where %s in (%s fetch first ".formatted(table, key, select)
                    + SIZE // Not with %d, which some locales format with other digits.
                    + " rows only)")
            .setParameter(1, parameter)
            .executeUpdate()
        == SIZE;
  }
}
