package dev.signet.domain.database;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ejb.EJBException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  /** As PostgreSQL (appendix A of its manual) and H2 say it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "08006", "25006", "40001", "40P01", "53300", "55P03", "57014", "57P01", "58030", "90028",
        "90067", "90097", "90098", "90121"
      })
  void databaseThatIsAwayReadOnlyFullOrBusyIsUnavailable(String state) {
    assertTrue(Database.isUnavailable(wrapped(new SQLException("said", state))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"22001", "23502", "23505", "42601", "42P01", "90005"})
  void faultOfAStatementIsOurs(String state) {
    assertFalse(Database.isUnavailable(wrapped(new SQLException("said", state))));
    assertFalse(Database.isUnavailable(new SQLException("said")));
  }

  @Test
  void commitThatFailsBetweenContainerAndDatabaseIsUnavailable() {
    for (Exception fault :
        new Exception[] {
          new SystemException("commit"),
          new HeuristicMixedException("commit"),
          new XAException(XAException.XAER_RMFAIL),
          new RollbackException("commit")
        }) {
      assertTrue(Database.isUnavailable(wrapped(fault)), fault::toString);
    }
  }

  /** H2 has a general error for it, HY000. */
  @Test
  void embeddedDatabaseThatCannotWriteIsUnavailable() {
    SQLException general = new SQLException("general", "HY000");
    assertFalse(Database.isUnavailable(wrapped(general)));

    general.initCause(new MVStoreException(DataUtils.ERROR_WRITING_FAILED, "disk full"));
    assertTrue(Database.isUnavailable(wrapped(general)));
  }

  @Test
  void rollbackIsJudgedByItsCause() {
    assertFalse(Database.isUnavailable(rollback(new SQLException("said", "23502"))));
    assertFalse(Database.isUnavailable(rollback(new IllegalStateException("a bug"))));
    assertTrue(Database.isUnavailable(rollback(new SQLException("said", "25006"))));
  }

  private static Throwable rollback(Exception cause) {
    RollbackException rollback = new RollbackException("commit");
    rollback.initCause(cause);
    return wrapped(rollback);
  }

  private static Throwable wrapped(Exception fault) {
    return new EJBException(new EJBException(fault));
  }
}
