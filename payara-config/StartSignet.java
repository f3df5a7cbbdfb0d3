import fish.payara.micro.boot.PayaraMicroLauncher;
import fish.payara.micro.data.InstanceDescriptor;
import fish.payara.micro.data.ModuleDescriptor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts Payara Micro with the options in {@code payara-config/run}, and adds what it lacks: a
 * self-signed certificate for development when there is no keystore yet, the news that Signet
 * answers, and an exit code when the WAR could not be deployed. (Payara Micro by itself stays up
 * then and answers 404 to everything.)
 */
final class StartSignet {
  public static void main(String[] options) throws Exception {
    Path keyStore = Path.of(System.getProperty("javax.net.ssl.keyStore"));
    if (Files.notExists(keyStore)) {
      if (isProduction()) {
        fail("javax.net.ssl.keyStore: " + keyStore + " does not exist");
      }
      createDevelopmentCertificate(keyStore);
    }
    var server = PayaraMicroLauncher.create(options).getRuntime().getLocalDescriptor();
    String root = contextRoot(server);
    for (int port : server.getHttpPorts()) {
      if (!answers(port, root)) {
        fail("it could not be deployed; the reason is in the log above");
      }
    }
    for (int port : server.getHttpsPorts()) {
      System.out.println("  By https            https://localhost:" + port + root + "/");
    }
    System.out.println("  Signet is ready." + System.lineSeparator());
  }

  /** The path of {@code --contextroot}, empty for "/". */
  private static String contextRoot(InstanceDescriptor server) {
    return server.getDeployedApplications().stream()
        .flatMap(application -> application.getModuleDescriptors().stream())
        .map(ModuleDescriptor::getContextRoot)
        .filter(root -> root != null && !root.equals("/"))
        .findFirst()
        .orElse("");
  }

  /** Payara lists an application as deployed also when it could not be loaded. */
  private static boolean answers(int port, String root) throws IOException, InterruptedException {
    URI live = URI.create("http://127.0.0.1:" + port + root + "/api/health/live");
    HttpRequest request = HttpRequest.newBuilder(live).build();
    HttpResponse<Void> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    return response.statusCode() == 200;
  }

  private static boolean isProduction() {
    return Boolean.getBoolean("signet.production")
        || Boolean.parseBoolean(System.getenv("SIGNET_PRODUCTION"));
  }

  private static void createDevelopmentCertificate(Path keyStore)
      throws IOException, InterruptedException {
    System.err.println("WARNING: creating a self-signed certificate for development: " + keyStore);
    Files.createDirectories(keyStore.toAbsolutePath().getParent());
    String arguments =
        "-genkeypair -alias signet -keyalg EC -groupname secp256r1 -validity 365"
            + " -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1 -storetype PKCS12";
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-keystore", keyStore.toString()));
    command.addAll(
        List.of("-storepass", System.getProperty("javax.net.ssl.keyStorePassword", "changeit")));
    int result = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (result != 0) {
      fail("keytool ended with " + result);
    }
  }

  private static void fail(String reason) {
    System.err.println("Signet did not start: " + reason + ".");
    System.exit(1);
  }
}
