package dev.signet.bench;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What the cryptography of a login costs by itself, on all cores: the limit that no server can
 * pass. Measured in a JVM of its own, with the server's options; it idles between measurements.
 */
public final class RawCost implements AutoCloseable {
  private static final String ROTATION = "rotation";
  private static final int RSA_BITS = 2048;
  private static final String NATIVE =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  private final Process process;
  private final Writer orders;
  private final BufferedReader answers;
  private final String what;

  private RawCost(String... arguments) throws IOException {
    List<String> command = Server.javaCommand();
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(RawCost.class.getName());
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    what = answers.readLine();
  }

  /** What is measured. */
  String what() {
    return what;
  }

  /**
   * Argon2id with one lane.
   *
   * @param memory in KiB
   * @param iterations passes
   */
  record Parameters(int memory, int iterations) {
    @Override
    public String toString() {
      return "m=" + memory + ",t=" + iterations;
    }
  }

  private enum Keys {
    RSA("RSA-2048", RSA_BITS, "SHA256withRSA"),
    EC("P-256", 256, "SHA256withECDSA");

    private final String text;
    private final int bits;
    private final String algorithm;

    Keys(String text, int bits, String algorithm) {
      this.text = text;
      this.bits = bits;
      this.algorithm = algorithm;
    }
  }

  /** How much was done, in how long, with how much CPU time. */
  record Cost(long done, double seconds, double cpu) {
    static final Cost NONE = new Cost(0, 0, 0);

    Cost plus(Cost other) {
      return new Cost(done + other.done, seconds + other.seconds, cpu + other.cpu);
    }

    double rate() {
      return done / seconds;
    }

    double cpuMillis() {
      return cpu * 1000 / done;
    }
  }

  /** Checks passwords. */
  static RawCost ofHash(Parameters parameters) throws IOException {
    return new RawCost(
        String.valueOf(parameters.memory()), String.valueOf(parameters.iterations()));
  }

  /** Signs as RS256 does, with the library that the server uses. */
  static RawCost ofSignature() throws IOException {
    return ofSignature("RSA");
  }

  /** The same with keys of another kind: {@code RSA} or {@code EC}. */
  static RawCost ofSignature(String kind) throws IOException {
    return new RawCost(kind);
  }

  /** Exchanges with a database of {@link Grants}, as a refresh has them, by its driver alone. */
  static RawCost ofRotation(Postgres postgres) throws IOException {
    return new RawCost(ROTATION, postgres.url());
  }

  Cost measure(Duration time) throws IOException {
    orders.write(time + "\n");
    orders.flush();
    String[] numbers = answers.readLine().split(" ", 3);
    return new Cost(
        Long.parseLong(numbers[0]), Double.parseDouble(numbers[1]), Double.parseDouble(numbers[2]));
  }

  @Override
  public void close() {
    process.destroy();
  }

  /**
   * Arguments: memory and passes of a hash, a kind of keys, or rotations and the address of a
   * database. Measures for as long as each line says.
   */
  public static void main(String[] arguments) throws Exception {
    Callable<?> work;
    if (arguments[0].equals(ROTATION)) {
      System.out.println("What the driver of PostgreSQL does for one refresh");
      work = rotating(arguments[1]);
    } else if (arguments.length == 1) {
      Keys keys = Keys.valueOf(arguments[0]);
      Provider provider = provider(keys.algorithm);
      System.out.println("One " + keys.text + " signature of " + provider.getName());
      work = signing(keys, provider);
    } else {
      Parameters parameters =
          new Parameters(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
      System.out.println("One Argon2id hash, " + parameters);
      work = checking(parameters);
    }
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      Cost cost = repeat(work, Duration.parse(line));
      System.out.println(cost.done() + " " + cost.seconds() + " " + cost.cpu());
    }
  }

  private static Callable<?> checking(Parameters parameters) {
    Argon2Function function =
        Argon2Function.getInstance(parameters.memory(), parameters.iterations(), 1, 32, Argon2.ID);
    String password = "correct-horse-battery-9";
    String hash = Password.hash(password).addRandomSalt(16).with(function).getResult();
    return () -> Password.check(password, hash).with(function);
  }

  /** The server's native library, which is a resource of it, or else the JDK. */
  private static Provider provider(String algorithm) throws GeneralSecurityException {
    URL jar = RawCost.class.getResource("/dev/signet/domain/keys/accp-" + platform() + ".jar");
    if (jar != null) {
      try {
        ClassLoader loader = new URLClassLoader(new URL[] {jar});
        Class<?> type = loader.loadClass(NATIVE);
        return (Provider) type.getField("INSTANCE").get(null);
      } catch (ReflectiveOperationException | LinkageError e) {
        System.err.println("The native library does not load: " + e);
      }
    }
    return Signature.getInstance(algorithm).getProvider();
  }

  private static String platform() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT)
        + "-"
        + System.getProperty("os.arch").replace("amd64", "x86_64").replace("aarch64", "aarch_64");
  }

  /** Keys of the same provider, which need not be translated each time. */
  private static Callable<?> signing(Keys kind, Provider provider) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.name(), provider);
    generator.initialize(kind.bits);
    KeyPair keys = generator.generateKeyPair();
    byte[] text = new byte[500];
    return () -> {
      Signature signature = Signature.getInstance(kind.algorithm, provider);
      signature.initSign(keys.getPrivate());
      signature.update(text);
      return signature.sign();
    };
  }

  /** Each thread has a connection, and rotates the tokens of a family of its own. */
  private static Callable<?> rotating(String url) {
    AtomicInteger threads = new AtomicInteger();
    ThreadLocal<Rotations> own =
        ThreadLocal.withInitial(() -> new Rotations(url, threads.getAndIncrement()));
    return () -> own.get().call();
  }

  private static Cost repeat(Callable<?> work, Duration time) throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    double cpu = Server.cpuSeconds(ProcessHandle.current());
    long start = System.nanoTime();
    long end = start + time.toNanos();
    Callable<Long> worker =
        () -> {
          long count = 0;
          for (; System.nanoTime() < end; count++) {
            work.call();
          }
          return count;
        };
    ExecutorService threads = Executors.newFixedThreadPool(cores);
    long done = 0;
    for (Future<Long> count :
        threads.invokeAll(Stream.generate(() -> worker).limit(cores).toList())) {
      done += count.get();
    }
    threads.shutdown();
    return new Cost(
        done, (System.nanoTime() - start) / 1e9, Server.cpuSeconds(ProcessHandle.current()) - cpu);
  }
}
