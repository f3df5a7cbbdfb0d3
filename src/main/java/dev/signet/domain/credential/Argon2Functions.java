package dev.signet.domain.credential;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Provides Argon2id functions, and limits the memory that they keep. For each set of parameters,
 * password4j keeps the function with its working memory in a static map, and a shutdown hook.
 * Imported hashes with different parameters would fill the heap with functions, and the hooks would
 * retain the class loader of an ended deployment.
 */
final class Argon2Functions {
  private static final Logger LOG = System.getLogger(Argon2Functions.class.getName());
  private static final String HOOK = "password4j-shutdownhook";

  private final int most;
  private final Set<HashParameters> kept = new HashSet<>();
  private long memory;

  /**
   * Creates a provider.
   *
   * @param most the KiB that functions may keep between two hashes
   */
  Argon2Functions(int most) {
    this.most = most;
  }

  /** Returns the function for these parameters. */
  synchronized Argon2Function of(HashParameters parameters) {
    if (!kept.contains(parameters)) {
      if (memory + parameters.memory() > most) {
        forget();
      }
      kept.add(parameters);
      memory += parameters.memory();
    }
    return make(parameters);
  }

  /** Releases the threads and memory of the functions at the end of this deployment. */
  synchronized void release() {
    forget();
    try {
      for (Thread hook : hooks()) {
        Runtime.getRuntime().removeShutdownHook(hook);
        hook.start(); // Ends the threads of its function.
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(
          Level.DEBUG,
          "The shutdown hooks of the hashing library cannot be removed: after a"
              + " redeployment, this process keeps the memory of the previous deployment."
              + " {0}",
          e.toString());
    }
  }

  private void forget() {
    kept.clear();
    memory = 0;
    try {
      ((Map<?, ?>) read(Argon2Function.class, "INSTANCES")).clear();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This version of password4j is not supported.", e);
    }
  }

  /** Creates a function, whose hook is identified by the class loader of this deployment. */
  private static Argon2Function make(HashParameters parameters) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Argon2Functions.class.getClassLoader());
    try {
      return Argon2Function.getInstance(
          parameters.memory(),
          parameters.passes(),
          parameters.lanes(),
          parameters.bytes(),
          Argon2.ID);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static List<Thread> hooks() throws ReflectiveOperationException {
    Class<?> registry = Class.forName("java.lang.ApplicationShutdownHooks");
    synchronized (registry) {
      return ((Map<?, ?>) read(registry, "hooks"))
          .keySet().stream()
              .map(Thread.class::cast)
              .filter(hook -> hook.getName().equals(HOOK))
              .filter(
                  hook -> hook.getContextClassLoader() == Argon2Functions.class.getClassLoader())
              .toList();
    }
  }

  private static Object read(Class<?> type, String name) throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(null);
  }
}
