package dev.signet.flow;

import static dev.signet.flow.ServerSession.ADMIN_PASSWORD;
import static dev.signet.flow.TestUsers.login;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Secrets with characters that mean something to a server reach Signet as they are. */
interface SecretsFlow extends Flow {
  @Test
  default void secretOfAnEnvironmentVariableIsTakenCharacterByCharacter() {
    assertTrue(ADMIN_PASSWORD.contains("${signet.issuer} $$ \\"), "hostile");
    assertNotEquals(ADMIN_PASSWORD.strip(), ADMIN_PASSWORD, "with blanks at its ends");

    assertEquals(200, login(client(), "admin", ADMIN_PASSWORD).status());
    assertEquals(401, login(client(), "admin", ADMIN_PASSWORD.strip()).status());
  }

  @Test
  default void secretOfASystemPropertyIsTakenCharacterByCharacter() {
    TestClients client = new TestClients("imported", ServerSession.IMPORTED_SECRET);

    assertEquals(200, client.token(client()).status());
  }

  @Test
  default void secretIsReadFromItsFileWithoutTheLineBreakAtItsEnd() {
    assertEquals(200, client().withToken(ServerSession.METRICS_SECRET).get("/metrics").status());
  }
}
