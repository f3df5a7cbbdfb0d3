package dev.signet.flow;

import static dev.signet.flow.Problems.assertTokenRefused;
import static dev.signet.flow.TestUsers.PASSWORD;
import static dev.signet.flow.TestUsers.freshName;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.example.tenants.TenantCheck;
import org.example.tenants.TenantClaim;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An embedder's jar in the WAR says more in tokens, and refuses some. Two servers deploy this one
 * in the JVM that had, or will have, the WAR without it: Signet leaves nothing behind.
 */
@ExtendWith(ArquillianExtension.class)
@EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-h2")
class ExtensionIT implements Flow {
  @Deployment(testable = false)
  static WebArchive signetWithTenants() {
    return Deployed.signet()
        .addAsLibrary(
            ShrinkWrap.create(JavaArchive.class, "tenants.jar")
                .addClasses(TenantClaim.class, TenantCheck.class));
  }

  @Test
  void tokenSaysWhatAnExtensionContributes() throws IOException {
    String token = token("open.example");

    assertEquals("open.example", Forgery.part(token, 1).path("tenant").asText());
    assertEquals(200, client().withToken(token).get("/api/me").status());
  }

  @Test
  void tokenWithoutAContributionIsAnyToken() throws IOException {
    TestUsers.Person ada = TestUsers.loggedIn(client());
    String token = ada.client().token().orElseThrow();

    assertTrue(Forgery.part(token, 1).path("tenant").isMissingNode());
    assertEquals(200, ada.client().get("/api/me").status());
  }

  @Test
  void tokenThatAnExtensionDoesNotAcceptIsRefused() {
    Client closed = client().withToken(token(TenantCheck.CLOSED));

    assertTokenRefused(closed.get("/api/me"));
    assertTokenRefused(closed.get("/api/protected")); // also when its signature is remembered
  }

  private String token(String tenant) {
    String username = freshName();
    Client.Reply registered =
        client()
            .post(
                "/api/register",
                Map.of(
                    "username", username, "password", PASSWORD, "email", username + "@" + tenant));
    assertEquals(201, registered.status(), registered::toString);
    return TestUsers.token(client(), username, PASSWORD);
  }
}
