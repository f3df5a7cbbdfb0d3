package dev.signet.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built WAR on Payara Micro, in a process of its own, with an empty database. */
final class Server implements AutoCloseable {
  static final String HOST = "127.0.0.1";
  static final String CREDENTIALS = credentials("bench");

  private static final Duration START = Duration.ofMinutes(2);
  private static final Pattern HEAP =
      Pattern.compile("(?:PSYoungGen|ParOldGen) .*used (?<kib>\\d+)K");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(?<kib>\\d+) kB");
  private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"(?<token>[^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final Process process;

  private Server(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /** Starts it and waits until it serves requests. */
  static Server start(RawCost.Parameters hashing) throws IOException, InterruptedException {
    return start(hashing, List.of());
  }

  /** With further settings, as Java's options. */
  static Server start(RawCost.Parameters hashing, List<String> settings)
      throws IOException, InterruptedException {
    Path directory = Files.createDirectories(path("directory"));
    Path data = Files.createTempDirectory(directory, "data");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> command = javaCommand();
    command.addAll(
        List.of(
            "-Dsignet.data.directory=" + data,
            "-Dsignet.token.lifetime=PT24H",
            // All of it comes from here, some of it on purpose with wrong passwords.
            "-Dsignet.block.allow=127.0.0.1",
            "-Dsignet.limit.allow=127.0.0.1",
            "-Dsignet.password.memory=" + hashing.memory(),
            "-Dsignet.password.iterations=" + hashing.iterations()));
    command.addAll(settings);
    command.addAll(List.of("-jar", path("payara").toString(), "--deploy", path("war").toString()));
    command.addAll(List.of("--contextroot", "/", "--nocluster", "--disablephonehome"));
    command.addAll(List.of("--prebootcommandfile", config("boot.asadmin").toString()));
    command.addAll(List.of("--port", String.valueOf(port)));
    Path log = directory.resolve("server.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .directory(directory.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    Server server = new Server(port, process);
    long end = System.nanoTime() + START.toNanos();
    while (!server.isReady()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        server.close();
        throw new IOException("The server did not start; see " + log);
      }
      Thread.sleep(500);
    }
    return server;
  }

  /** Java with the options that are recommended for the server. */
  static List<String> javaCommand() {
    return new ArrayList<>(List.of(java("java"), "@" + config("jvm.options")));
  }

  private static String java(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }

  private static Path config(String file) {
    return path("config").resolve(file);
  }

  private static Path path(String name) {
    return Path.of(System.getProperty("bench." + name));
  }

  int port() {
    return port;
  }

  private boolean isReady() throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(uri("/api/health/ready")).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Registers the user whom the load is for, and returns a token. */
  String register() throws IOException, InterruptedException {
    post("/api/register", CREDENTIALS);
    return logIn();
  }

  /** Returns another token of that user. */
  String logIn() throws IOException, InterruptedException {
    Matcher token = TOKEN.matcher(post("/api/login", CREDENTIALS).body());
    if (!token.find()) {
      throw new IOException("No token was issued.");
    }
    return token.group("token");
  }

  /** How a GET with a token is answered. */
  int status(String path, String token) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  static String credentials(String username) {
    return credentials(username, "correct-horse-battery-9");
  }

  static String credentials(String username, String password) {
    return "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}";
  }

  private URI uri(String path) {
    return URI.create("http://" + HOST + ":" + port + path);
  }

  /** CPU time that the server has used so far, all threads. */
  double cpuSeconds() {
    return cpuSeconds(process.toHandle());
  }

  static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  /** What is in use on the heap after a full collection, and what the process holds. */
  Memory memory() throws IOException, InterruptedException {
    jcmd("GC.run");
    double heap = megabytes(HEAP.matcher(jcmd("GC.heap_info")));
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    double resident =
        Files.exists(status) ? megabytes(RESIDENT.matcher(Files.readString(status))) : Double.NaN;
    return new Memory(heap, resident);
  }

  /** In MiB; resident memory is known on Linux only. */
  record Memory(double heap, double resident) {}

  private static double megabytes(Matcher kibibytes) {
    return kibibytes.results().mapToLong(found -> Long.parseLong(found.group(1))).sum() / 1024.0;
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    return output(java("jcmd"), String.valueOf(process.pid()), command);
  }

  static String output(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + output);
    }
    return output;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
