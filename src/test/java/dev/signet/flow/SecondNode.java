package dev.signet.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/**
 * Another node of the same Signet: the same kind of server with the same WAR, settings and keys on
 * the same database, in a process, a directory and on ports of its own. Arquillian's containers of
 * one kind cannot run side by side with different settings, so it is started here, the way an
 * operator would, when a test first asks for it, and again after a test has stopped or killed it.
 */
final class SecondNode {
  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration STOP = Duration.ofSeconds(20);

  /** It does little work, beside a server that already took what it wants. */
  private static final List<String> HEAP =
      List.of("-Xms256m", "-Xmx512m", "-Xmn200m", "-XX:+ExitOnOutOfMemoryError");

  private static Process process;
  private static Client client;

  /** Each start has a directory of its own. */
  private static int starts;

  private static Path securityLog;
  private static Path war;

  /** Of the last start. */
  private static Path data;

  private SecondNode() {}

  /** A client of the second node, without a token. */
  static synchronized Client client() {
    if (process == null) {
      startWith(Path.of(System.getProperty(ServerSession.WAR)));
    }
    awaitReady();
    return client;
  }

  /** A client of the second node, if a test has started it; it need not be ready. */
  static synchronized Optional<Client> running() {
    return Optional.ofNullable(process).map(any -> client);
  }

  /** Starts it again after a kill, with the data directory that it had. */
  static synchronized Client revive() {
    starts++;
    start(Path.of(System.getProperty(ServerSession.WAR)), data);
    awaitReady();
    return client;
  }

  /** Starts it with another WAR, when it is stopped, and returns before it is ready. */
  static synchronized Client startWith(Path file) {
    starts++;
    return start(file, directory().resolve("data"));
  }

  private static Client start(Path file, Path dataDirectory) {
    try {
      Ports ports = Ports.free();
      war = file;
      data = dataDirectory;
      process = start(ports);
      client = Client.of("http://localhost:" + ports.http());
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it, if it was started. */
  static synchronized void stop() {
    if (process == null) {
      return;
    }
    List<ProcessHandle> all = all();
    all.forEach(ProcessHandle::destroy);
    try {
      CompletableFuture.allOf(
              all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .get(STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      all.forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException e) {
      all.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
    process = null;
  }

  /** Ends it as a power failure would. */
  static synchronized void kill() {
    List<ProcessHandle> all = all();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(each -> each.onExit().join());
    process = null;
  }

  /** Bounds the size of the files that it writes, as a full disk does; on Linux. */
  static synchronized boolean limitFiles(String bytes) throws InterruptedException {
    boolean limited = true;
    for (ProcessHandle each : all()) {
      String pid = Long.toString(each.pid());
      limited &=
          new Script(Path.of(""), "prlimit", "--pid", pid, "--fsize=" + bytes + ":").succeeds();
    }
    return limited;
  }

  /** The file of its embedded database. */
  static synchronized Path database() {
    return data.resolve("signet.mv.db");
  }

  /** What the node of the last start has logged of security events, also when it is gone. */
  static synchronized String securityLog() {
    try {
      return Files.readString(securityLog, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many lines of stack traces it has logged. */
  static long stackTraces() {
    return securityLog().lines().filter(line -> line.matches("\\s+at [\\w.$/@]+\\(.*")).count();
  }

  /** How many requests it has logged as refused because of the database. */
  static long outages() {
    return securityLog()
        .lines()
        .filter(line -> line.contains("The database is unavailable"))
        .count();
  }

  /** One server is started by a script, which stays. */
  private static List<ProcessHandle> all() {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
  }

  private static Process start(Ports ports) throws IOException {
    Path directory = Files.createDirectories(directory());
    securityLog = log();
    List<String> options = new ArrayList<>(HEAP);
    options.addAll(List.of(System.getProperty(ServerSession.OPTIONS).split(" ")));
    options.add("-Dsignet.data.directory=" + data); // the last one counts
    ProcessBuilder server =
        switch (System.getProperty("arquillian.launch")) {
          case "payara" -> payara(options, ports, directory);
          case "wildfly" -> wildfly(options, ports, directory);
          case "liberty" -> liberty(options, ports, directory);
          default -> throw new IllegalStateException("No server is under test.");
        };
    Process started = server.redirectErrorStream(true).redirectOutput(log().toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroy));
    return started;
  }

  private static ProcessBuilder payara(List<String> options, Ports ports, Path directory) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@payara-config/jvm.options");
    command.addAll(options);
    command.addAll(List.of("-jar", "target/servers/payara-micro.jar"));
    command.addAll(List.of("--deploy", war.toString()));
    command.addAll(List.of("--contextroot", "/", "--nocluster", "--disablephonehome"));
    command.addAll(List.of("--prebootcommandfile", "payara-config/boot.asadmin"));
    command.addAll(List.of("--logproperties", "payara-config/logging.properties"));
    command.addAll(List.of("--rootdir", directory.resolve("server").toString()));
    command.addAll(List.of("--port", Integer.toString(ports.http())));
    return new ProcessBuilder(command);
  }

  private static ProcessBuilder wildfly(List<String> options, Ports ports, Path directory)
      throws IOException {
    Path home =
        Path.of("target/servers/wildfly-" + System.getProperty("wildfly.version")).toAbsolutePath();
    Path server = Files.createDirectories(directory.resolve("server"));
    copy(home.resolve("standalone/configuration"), server.resolve("configuration"));
    Files.copy(war, Files.createDirectories(server.resolve("deployments")).resolve("signet.war"));
    return new ProcessBuilder(
        StandaloneCommandBuilder.of(home)
            .setBaseDirectory(server)
            .setYamlFiles(Path.of("wildfly-config/signet.yml").toAbsolutePath())
            .addJavaOptions(options)
            .addJavaOption("-Djboss.http.port=" + ports.http())
            .addJavaOption("-Djboss.https.port=" + ports.https())
            .addJavaOption("-Djboss.management.http.port=" + ports.management())
            .build());
  }

  private static ProcessBuilder liberty(List<String> options, Ports ports, Path directory)
      throws IOException {
    String name = "signet-" + ports.http();
    Path server = directory.resolve("usr/servers").resolve(name);
    ServerSession.prepareLiberty(server, ports);
    // Not as JVM_ARGS, which the shell of Liberty's script reads once more.
    Files.write(server.resolve("jvm.options"), options, StandardOpenOption.APPEND);
    Files.copy(war, Files.createDirectories(server.resolve("dropins")).resolve("signet.war"));
    securityLog = server.resolve("logs/messages.log"); // Its console has warnings only.
    ProcessBuilder run = new ProcessBuilder("target/servers/wlp/bin/server", "run", name);
    run.environment().put("WLP_USER_DIR", directory.resolve("usr").toString());
    run.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return run;
  }

  /** Also after a test that took the database away. */
  private static void awaitReady() {
    long end = System.nanoTime() + START.toNanos();
    while (!isReady()) {
      try {
        if (process.waitFor(200, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
          throw new IllegalStateException("The second node is not ready; see " + log());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static boolean isReady() {
    try {
      return client.get("/api/health/ready").status() == 200;
    } catch (UncheckedIOException e) {
      return false; // It does not listen yet.
    }
  }

  private static Path directory() {
    return Path.of(System.getProperty(ServerSession.DIRECTORY), "node2-" + starts);
  }

  private static Path log() {
    return Path.of(System.getProperty(ServerSession.DIRECTORY), "node2-" + starts + ".log");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
