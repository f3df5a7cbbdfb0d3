package dev.signet.datasource;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A connection that opens a new session when the database has ended the old one or takes no writes
 * in it, but never inside a transaction. Pools keep connections across a restart of the database.
 * For a data source that the application defines, WildFly can neither check nor discard them, and
 * would provide dead connections until its own restart.
 */
final class LastingConnection implements InvocationHandler {
  private static final Logger LOG = System.getLogger(LastingConnection.class.getName());

  private final Sessions sessions;

  /** The settings of the pool on the connection, which are repeated on the next session. */
  private final Map<Method, Object[]> settings = new LinkedHashMap<>();

  private Connection session;
  private boolean autoCommit = true;
  private boolean inTransaction;
  private boolean closed;
  private long opened = System.nanoTime();
  private long lastUsed = opened;

  private LastingConnection(Sessions sessions) throws SQLException {
    this.sessions = sessions;
    this.session = sessions.open();
  }

  static Connection open(Sessions sessions) throws SQLException {
    return (Connection)
        Proxy.newProxyInstance(
            LastingConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new LastingConnection(sessions));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "isClosed" -> closed;
      case "close", "abort" -> {
        closed = true;
        yield call(method, arguments);
      }
      case "commit" -> commit();
      case "rollback" -> rollback(method, arguments);
      case "setAutoCommit" -> setAutoCommit(method, arguments);
      default -> use(method, arguments);
    };
  }

  private Object use(Method method, Object[] arguments) throws Throwable {
    if (!closed && !inTransaction) {
      renewIfUseless();
    }
    Object result = call(method, arguments);
    String name = method.getName();
    if (name.startsWith("set") && method.getReturnType() == void.class) {
      settings.put(method, arguments);
    } else if (!autoCommit && (name.startsWith("create") || name.startsWith("prepare"))) {
      inTransaction = true;
    }
    lastUsed = System.nanoTime();
    return result;
  }

  private Object setAutoCommit(Method method, Object[] arguments) throws Throwable {
    try {
      Object result = use(method, arguments);
      autoCommit = (boolean) arguments[0];
      inTransaction = false;
      return result;
    } catch (SQLException e) {
      forgetTransactionIfDead();
      throw e;
    }
  }

  private Object commit() throws SQLException {
    try {
      sessions.commit(session);
      inTransaction = false;
      return null;
    } catch (SQLException e) {
      forgetTransactionIfDead();
      throw e;
    }
  }

  private Object rollback(Method method, Object[] arguments) throws Throwable {
    boolean toSavepoint = arguments != null;
    try {
      Object result = call(method, arguments);
      inTransaction = inTransaction && toSavepoint;
      return result;
    } catch (SQLException e) {
      forgetTransactionIfDead();
      if (sessions.isDead(session) && !toSavepoint) {
        return null; // the database rolled back when the session ended
      }
      throw e;
    }
  }

  /** Forgets the transaction if its session has ended, which rolled it back. */
  private void forgetTransactionIfDead() throws SQLException {
    inTransaction = inTransaction && !sessions.isDead(session);
  }

  private void renewIfUseless() throws Throwable {
    long now = System.nanoTime();
    if (!sessions.isDead(session)
        && sessions.isUsable(session, now - lastUsed)
        && sessions.isWorthKeeping(session, now - opened)) {
      return;
    }
    close(session);
    Connection next = sessions.open();
    try {
      for (Map.Entry<Method, Object[]> setting : settings.entrySet()) {
        setting.getKey().invoke(next, setting.getValue());
      }
    } catch (InvocationTargetException e) {
      next.close();
      throw e.getCause();
    }
    session = next;
    opened = System.nanoTime();
  }

  /** Closes a session, ignoring a failure: it may already be dead. */
  private static void close(Connection useless) {
    try {
      useless.close();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "A database session could not be closed: {0}", e.getMessage());
    }
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(session, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
