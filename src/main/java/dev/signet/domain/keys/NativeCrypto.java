package dev.signet.domain.keys;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Provider;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;

/**
 * Loads the Amazon Corretto Crypto Provider if possible, which signs two to thirty times as fast as
 * the JDK. The provider is not installed in the JVM, which belongs to the server; only {@link
 * Signatures} uses it.
 *
 * <p>The jars for all platforms contain a library with the same name, so they are separate
 * resources, and one of them is loaded by its own class loader. This class loader remains for the
 * lifetime of the JVM, because unloading the library would crash the JVM when a thread that has
 * used it ends. It therefore references nothing of the deployment that created it, and later
 * deployments in the same JVM reuse it.
 */
final class NativeCrypto {
  private static final Logger LOG = System.getLogger(NativeCrypto.class.getName());
  private static final String PACKAGE = "com.amazon.corretto.crypto.provider.";
  private static final String TYPE = PACKAGE + "AmazonCorrettoCryptoProvider";

  private static final Optional<Provider> PROVIDER = load(platform());

  private NativeCrypto() {}

  /** Returns the provider; empty if the JDK's provider must be used. */
  static Optional<Provider> provider() {
    return PROVIDER;
  }

  static Optional<Provider> load(String platform) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // The proxy in fromOutside would be defined in this class loader.
    thread.setContextClassLoader(null);
    try {
      Provider provider = unpack(platform);
      LOG.log(Level.INFO, "Signatures are computed by {0}", provider.getInfo());
      return Optional.of(provider);
    } catch (IOException
        | ReflectiveOperationException
        | ExecutionException
        | LinkageError
        | IllegalStateException e) {
      LOG.log(
          Level.INFO,
          "Signatures are computed by the JDK, because the faster native provider"
              + " cannot be loaded: {0}",
          e.toString());
      return Optional.empty();
    } catch (InterruptedException e) {
      thread.interrupt();
      return Optional.empty();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Provider unpack(String platform)
      throws IOException, ReflectiveOperationException, ExecutionException, InterruptedException {
    Path jar;
    try (InputStream in = NativeCrypto.class.getResourceAsStream("accp-" + platform + ".jar")) {
      if (in == null) {
        throw new IllegalStateException("there is no native library for " + platform);
      }
      jar = Files.createTempFile("signet-crypto", ".jar");
      Files.copy(in, jar, StandardCopyOption.REPLACE_EXISTING);
    }
    Optional<ClassLoader> earlier = earlier(Files.size(jar));
    if (earlier.isPresent()) {
      Files.delete(jar);
      return instance(earlier.get().loadClass(TYPE));
    }
    // The jar is deleted only at the exit, because classes and test data are loaded from it later.
    jar.toFile().deleteOnExit();
    MethodHandle constructor =
        MethodHandles.publicLookup()
            .findConstructor(
                URLClassLoader.class,
                MethodType.methodType(void.class, URL[].class, ClassLoader.class));
    ClassLoader loader =
        (ClassLoader)
            fromOutside(
                MethodHandles.insertArguments(
                    constructor,
                    0,
                    new URL[] {jar.toUri().toURL()},
                    ClassLoader.getPlatformClassLoader()));
    Provider provider = instance(loader.loadClass(TYPE));
    cleaner(loader).setContextClassLoader(loader);
    return provider;
  }

  private static Provider instance(Class<?> type)
      throws ReflectiveOperationException, ExecutionException, InterruptedException {
    Provider provider =
        (Provider)
            fromOutside(MethodHandles.publicLookup().findStaticGetter(type, "INSTANCE", type));
    if (type.getMethod("getLoadingError").invoke(provider) instanceof Throwable error) {
      throw new IllegalStateException(error);
    }
    String tests = String.valueOf(type.getMethod("runSelfTests").invoke(provider));
    if (!"PASSED".equals(tests)) {
      throw new IllegalStateException("its self-tests failed: " + tests);
    }
    return provider;
  }

  /**
   * Calls a method without a class of this deployment on the stack. Class loaders and threads keep
   * the access control context in which they are created, and with it the class loader of each
   * class on the stack.
   */
  private static Object fromOutside(MethodHandle handle)
      throws ExecutionException, InterruptedException {
    Callable<?> call =
        MethodHandleProxies.asInterfaceInstance(
            Callable.class, handle.asType(MethodType.methodType(Object.class)));
    // The threads of this executor inherit no context. The common pool could run the call in the
    // waiting thread.
    ForkJoinPool outside = new ForkJoinPool(1);
    try {
      return outside.submit(call).get();
    } finally {
      outside.shutdown();
    }
  }

  /**
   * Returns the class loader with which an earlier deployment in this JVM has loaded the provider
   * from the same jar: that of {@link #cleaner}.
   */
  private static Optional<ClassLoader> earlier(long size) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getContextClassLoader)
        .filter(loader -> hasJar(loader, size))
        .findFirst();
  }

  private static boolean hasJar(ClassLoader loader, long size) {
    // Servers have subclasses of it, with URLs of any kind.
    if (loader == null || !loader.getClass().equals(URLClassLoader.class)) {
      return false;
    }
    URL[] addresses = ((URLClassLoader) loader).getURLs();
    if (addresses.length != 1 || !addresses[0].getPath().contains("/signet-crypto")) {
      return false;
    }
    try {
      return Files.size(Path.of(addresses[0].toURI())) == size;
    } catch (IOException | URISyntaxException e) {
      return false;
    }
  }

  /** Returns the thread that frees memory of the library. It lives as long as the JVM. */
  private static Thread cleaner(ClassLoader loader) throws ReflectiveOperationException {
    Object janitor = read(loader.loadClass(PACKAGE + "Loader"), null, "RESOURCE_JANITOR");
    Object state = read(janitor.getClass(), janitor, "state");
    return (Thread) read(state.getClass(), state, "cleaner");
  }

  private static Object read(Class<?> type, Object object, String name)
      throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(object);
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
