package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.flow.TestUsers.Person;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The commands of the documents print what the documents show. */
interface GuidesFlow extends Flow {
  /** The password that the try-out reads off the console. */
  String ONE_TIME_PASSWORD = "tKE6PweSvLr3LrmW62dh";

  @OneDatabase
  @Test
  default void tryOutPrintsWhatTheReadmeShows() throws IOException, InterruptedException {
    Person administrator = TestUsers.loggedIn(client());
    assertEquals(
        200,
        TestUsers.administrator(client())
            .patch("/api/users/" + administrator.id(), Map.of("groups", List.of("user", "admin")))
            .status());
    String ada = TestUsers.freshName();
    Map<String, String> names =
        Map.of(
            "localhost:8080",
            authority(),
            "\"ada\"",
            "\"" + ada + "\"",
            "\"admin\"",
            "\"" + administrator.username() + "\"",
            ONE_TIME_PASSWORD,
            TestUsers.PASSWORD,
            "limit=1'",
            "limit=1&q=" + ada + "'");

    new Guide(Path.of("README.md"), names).run(Map.of());
  }

  @OneDatabase
  @Test
  default void commandsOfTheGuidesPrintWhatTheGuidesShow()
      throws IOException, InterruptedException {
    String administrator = TestUsers.token(client(), "admin", ServerSession.ADMIN_PASSWORD);
    Map<String, String> variables =
        Map.of(
            "ADMIN",
            administrator,
            "REGISTRAR",
            administrator,
            "ADAS_TOKEN",
            TestUsers.tokens(client(), TestUsers.loggedIn(client())).access(),
            "PASSPHRASE",
            "correct horse battery");
    Map<String, String> names =
        Map.of(
            "localhost:8080", authority(),
            "reports", "reports-" + TestUsers.freshName(),
            "television", "television-" + TestUsers.freshName(),
            "gateway", "gateway-" + TestUsers.freshName());

    for (String page :
        List.of(
            "guides/code-flow.md",
            "guides/service-to-service.md",
            "guides/devices.md",
            "guides/token-exchange.md",
            "guides/client-registration.md",
            "operations/import-export.md")) {
      new Guide(Path.of("docs", page), names).run(variables);
    }
  }

  private static String authority() {
    return System.getProperty(ServerSession.URL).replaceFirst("https?://", "");
  }
}
