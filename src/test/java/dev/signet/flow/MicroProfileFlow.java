package dev.signet.flow;

import static dev.signet.flow.MicroProfileServices.SHOP;
import static dev.signet.flow.MicroProfileServices.STOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Third-party services that trust Signet with three lines of configuration (MicroProfile JWT 2.1).
 * They are on a Payara Micro, so this runs where Signet is on one.
 */
interface MicroProfileFlow extends Flow {
  String PAYARA = "payara-.*";

  @AfterAll
  static void stopTheServices() {
    MicroProfileServices.stop();
  }

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = PAYARA)
  default void serviceTakesTheTokenOfAClient() {
    Client administrator = TestUsers.administrator(client());
    TestClients reports = reports(administrator, STOCK);
    Client services = MicroProfileServices.client(administrator);

    Client.Reply reply =
        services.withToken(reports.accessToken(client(), Map.of())).get("/stock/levels");

    assertEquals(200, reply.status(), reply::toString);
    assertEquals("levels for " + reports.id(), reply.body());
  }

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = PAYARA)
  default void serviceRefusesWhatIsNotForItAndRolesThatAreMissing() throws IOException {
    Client administrator = TestUsers.administrator(client());
    Client services = MicroProfileServices.client(administrator);
    String forTheStock = reports(administrator, STOCK).accessToken(client(), Map.of());
    String forTheShop = reports(administrator, SHOP).accessToken(client(), Map.of());

    assertEquals(403, services.withToken(forTheStock).get("/stock/levels/secret").status());
    assertEquals(401, services.withToken(forTheShop).get("/stock/levels").status());
    assertEquals(401, services.withToken(forTheStock).get("/shop/orders").status());
    assertEquals(401, services.get("/stock/levels").status());
    String forged = forTheStock.substring(0, forTheStock.lastIndexOf('.') + 1) + "AAAA";
    assertEquals(401, services.withToken(forged).get("/stock/levels").status());
  }

  @Test
  @EnabledIfSystemProperty(named = ServerSession.RUN, matches = PAYARA)
  default void chainThroughAGatewayStaysInTheNameOfTheUser() {
    Client administrator = TestUsers.administrator(client());
    Client services = MicroProfileServices.client(administrator);
    TestUsers.Person ada = TestUsers.loggedIn(client());
    TestClients gateway =
        TestClients.registered(
            administrator,
            Map.of("grant_types", List.of(TokenExchangeFlow.EXCHANGE), "audience", List.of(SHOP)));
    Client.Reply exchanged =
        gateway.post(
            client(),
            "/oauth2/token",
            Map.of(
                "grant_type",
                TokenExchangeFlow.EXCHANGE,
                "subject_token",
                ada.client().token().orElseThrow(),
                "subject_token_type",
                TokenExchangeFlow.ACCESS_TOKEN,
                "audience",
                SHOP));
    assertEquals(200, exchanged.status(), exchanged::toString);
    Client caller = services.withToken(exchanged.json().path("access_token").asText());

    Client.Reply reply = caller.get("/shop/orders");

    assertEquals(200, reply.status(), reply::toString);
    assertTrue(
        reply.body().startsWith("orders with levels for " + ada.username() + " through "),
        reply::toString);
    assertEquals(401, caller.get("/stock/levels").status(), "good for the shop only");
  }

  private static TestClients reports(Client administrator, String audience) {
    return TestClients.registered(
        administrator,
        Map.of(
            "grant_types",
            List.of("client_credentials"),
            "scope",
            "orders:read",
            "audience",
            List.of(audience),
            "groups",
            List.of("reporter")));
  }
}
