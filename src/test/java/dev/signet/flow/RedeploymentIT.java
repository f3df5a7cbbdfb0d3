package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Signet is deployed again and again in one process. Payara Micro is left out: its adapter starts a
 * process for each deployment.
 */
@ExtendWith(ArquillianExtension.class)
@EnabledIfSystemProperty(named = ServerSession.RUN, matches = "(wildfly|liberty)-h2")
class RedeploymentIT implements Flow {
  private static final String SIGNET = "signet";
  private static final int TIMES = 5;

  /** A cancelled task stays in the queue of WildFly's executor until its time has come. */
  private static final Duration COLLECTION = Duration.ofMinutes(2);

  /**
   * JDK 17 keeps the last one, because {@code java.lang.runtime.ObjectMethods} caches the type of a
   * record; by its loggers, that one keeps the first one on Open Liberty.
   */
  private static final int KEPT = 2;

  /** Each deployment loads one such class. */
  private static final String CLASS = "dev.signet.endpoint.ops.Startup";

  @ArquillianResource private Deployer deployer;

  @Deployment(name = SIGNET, managed = false, testable = false)
  static WebArchive signet() {
    return Deployed.signet();
  }

  @Test
  void classLoadersOfFormerDeploymentsAreCollected() {
    long server = server();
    for (int i = 0; i < TIMES; i++) {
      deployer.deploy(SIGNET);
      assertEquals(200, TestUsers.loggedIn(client()).client().get("/api/me").status());
      assertTrue(loaded(server) > 0);
      deployer.undeploy(SIGNET);
    }

    await(
        COLLECTION,
        () -> {
          command(server, "GC.run");
          return loaded(server) <= KEPT;
        });
  }

  /** How many class loaders have loaded Signet, and are still there. */
  private static long loaded(long server) {
    return command(server, "VM.class_hierarchy", CLASS)
        .lines()
        .filter(line -> line.contains(CLASS + "/"))
        .count();
  }

  /** Of the processes of this test run, the one of this data directory. */
  private static long server() {
    Path data = Path.of(System.getProperty(ServerSession.DIRECTORY), "data");
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/java"))
        .map(ProcessHandle::pid)
        .filter(
            pid ->
                command(pid, "VM.system_properties")
                    .lines()
                    .anyMatch(("signet.data.directory=" + data)::equals))
        .findFirst()
        .orElseThrow();
  }

  private static String command(long process, String... command) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    line.add(Long.toString(process));
    line.addAll(List.of(command));
    try {
      Process jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
      return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
