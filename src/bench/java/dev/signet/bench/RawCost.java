package dev.signet.bench;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the cryptography of a login costs by itself, on all cores: the limit that no server can
 * pass. Measured in a JVM of its own, with the server's options.
 */
public final class RawCost {
  private static final int RSA_BITS = 2048;

  private RawCost() {}

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

  /** How often a second, and CPU time for each. */
  record Cost(double rate, double cpuMillis) {
    static Cost parse(String line) {
      String[] numbers = line.strip().split(" ", 2);
      return new Cost(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
    }
  }

  /** Checks passwords in a new JVM. */
  static Cost ofHash(Parameters parameters, Duration time)
      throws IOException, InterruptedException {
    return inNewJvm(
        time, String.valueOf(parameters.memory()), String.valueOf(parameters.iterations()));
  }

  /** Signs as RS256 does, in a new JVM. */
  static Cost ofSignature(Duration time) throws IOException, InterruptedException {
    return inNewJvm(time);
  }

  private static Cost inNewJvm(Duration time, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = Server.javaCommand();
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(RawCost.class.getName(), time.toString()));
    command.addAll(List.of(arguments));
    return Cost.parse(Server.output(command.toArray(String[]::new)));
  }

  /** Arguments: how long, and for a hash its memory and passes. */
  public static void main(String[] arguments) throws Exception {
    Callable<Callable<?>> work =
        arguments.length == 1
            ? RawCost::signing
            : () ->
                checking(
                    new Parameters(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])));
    Duration time = Duration.parse(arguments[0]);
    measure(work, time.dividedBy(2));
    Cost cost = measure(work, time);
    System.out.println(cost.rate() + " " + cost.cpuMillis());
  }

  private static Callable<?> checking(Parameters parameters) {
    Argon2Function function =
        Argon2Function.getInstance(parameters.memory(), parameters.iterations(), 1, 32, Argon2.ID);
    String password = "correct-horse-battery-9";
    String hash = Password.hash(password).addRandomSalt(16).with(function).getResult();
    return () -> Password.check(password, hash).with(function);
  }

  private static Callable<?> signing() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(RSA_BITS);
    KeyPair keys = generator.generateKeyPair();
    byte[] text = new byte[500];
    return () -> {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(text);
      return signature.sign();
    };
  }

  private static Cost measure(Callable<Callable<?>> work, Duration time) throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    ExecutorService threads = Executors.newFixedThreadPool(cores);
    double cpu = Server.cpuSeconds(ProcessHandle.current());
    long start = System.nanoTime();
    long end = start + time.toNanos();
    List<Future<Long>> counts = new ArrayList<>();
    for (int i = 0; i < cores; i++) {
      Callable<?> task = work.call();
      counts.add(
          threads.submit(
              () -> {
                long count = 0;
                while (System.nanoTime() < end) {
                  task.call();
                  count++;
                }
                return count;
              }));
    }
    long done = 0;
    for (Future<Long> count : counts) {
      done += count.get();
    }
    threads.shutdown();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Cost(
        done / seconds, (Server.cpuSeconds(ProcessHandle.current()) - cpu) * 1000 / done);
  }
}
