package dev.signet.keys;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Provider;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Amazon Corretto Crypto Provider, where it loads: it signs two to thirty times as fast as the JDK.
 * It is not installed in the JVM, which belongs to the server: only {@link Signatures} asks for it.
 *
 * <p>The jars of all platforms name their library alike, so they are kept apart as resources, and
 * one is loaded by a class loader of its own. A library can be in one class loader only: each
 * deployment unpacks its own, so that Signet can be deployed again in the same JVM.
 */
final class NativeCrypto {
  private static final Logger LOG = System.getLogger(NativeCrypto.class.getName());
  private static final String PACKAGE = "com.amazon.corretto.crypto.provider.";
  private static final String TYPE = PACKAGE + "AmazonCorrettoCryptoProvider";

  private static final int TRIES = 20;
  private static final Duration PAUSE = Duration.ofMillis(50);

  private static final Optional<Provider> PROVIDER = load(platform());

  private NativeCrypto() {}

  /** The provider, or nothing where the JDK's has to do. */
  static Optional<Provider> provider() {
    return PROVIDER;
  }

  static Optional<Provider> load(String platform) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // The provider starts a thread, which must not hold on to this deployment.
    thread.setContextClassLoader(null);
    try {
      Provider provider = unpack(platform);
      LOG.log(Level.INFO, "Signatures are made by {0}", provider.getInfo());
      return Optional.of(provider);
    } catch (IOException | ReflectiveOperationException | LinkageError | IllegalStateException e) {
      LOG.log(
          Level.INFO,
          "Signatures are made by the JDK; its faster substitute does not load: {0}",
          e.toString());
      return Optional.empty();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Ends what the provider of this deployment would keep alive after it. */
  static void release() {
    PROVIDER.ifPresent(NativeCrypto::release);
  }

  /**
   * Ends the provider's clean-up thread, and deletes its jar. The thread ends by itself only when
   * no native object is left, but counts its own registration as one. Until then it keeps the
   * access control context that it has inherited, and so the class loader of the deployment.
   */
  static void release(Provider provider) {
    try (URLClassLoader loader = (URLClassLoader) provider.getClass().getClassLoader()) {
      Class<?> owner = loader.loadClass(PACKAGE + "Loader");
      Object state = read(read(owner, null, "RESOURCE_JANITOR"), "state");
      Thread cleaner = (Thread) read(state, "cleaner");
      // What it cleans meanwhile makes its count wrong again.
      for (int i = 0; i < TRIES && cleaner.isAlive(); i++) {
        for (Object stripe : (Object[]) read(state, "stripes")) {
          synchronized (stripe) {
            field(stripe.getClass(), "outstandingRefs").setLong(stripe, 0);
          }
        }
        cleaner.interrupt();
        cleaner.join(PAUSE.toMillis());
      }
      Files.deleteIfExists(Path.of(loader.getURLs()[0].toURI()));
    } catch (IOException | ReflectiveOperationException | URISyntaxException e) {
      LOG.log(
          Level.WARNING,
          "A redeployment in this process keeps the memory of the former deployment: {0}",
          e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Object read(Object object, String field) throws ReflectiveOperationException {
    return read(object.getClass(), object, field);
  }

  private static Object read(Class<?> type, Object object, String field)
      throws ReflectiveOperationException {
    return field(type, field).get(object);
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  private static Provider unpack(String platform) throws IOException, ReflectiveOperationException {
    Path jar;
    try (InputStream in = NativeCrypto.class.getResourceAsStream("accp-" + platform + ".jar")) {
      if (in == null) {
        throw new IllegalStateException("there is none for " + platform);
      }
      jar = Files.createTempFile("signet-crypto", ".jar");
      // Not sooner: classes and test data are loaded from it when they are needed.
      jar.toFile().deleteOnExit();
      Files.copy(in, jar, StandardCopyOption.REPLACE_EXISTING);
    }
    URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    Class<?> type = loader.loadClass(TYPE);
    Provider provider = (Provider) type.getField("INSTANCE").get(null);
    if (type.getMethod("getLoadingError").invoke(provider) instanceof Throwable error) {
      throw new IllegalStateException(error);
    }
    String tests = String.valueOf(type.getMethod("runSelfTests").invoke(provider));
    if (!"PASSED".equals(tests)) {
      throw new IllegalStateException("its self-tests: " + tests);
    }
    return provider;
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return system
        + "-"
        + switch (processor) {
          case "amd64" -> "x86_64";
          case "aarch64" -> "aarch_64";
          default -> processor;
        };
  }
}
