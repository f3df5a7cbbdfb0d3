package dev.signet.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.problem.FieldError;
import dev.signet.base.problem.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class SectorsTest {
  private static final String DEVICE =
      "\"grant_types\": [\"urn:ietf:params:oauth:grant-type:device_code\", \"refresh_token\"]";
  private static final String CODES = "\"grant_types\": [\"authorization_code\"]";
  private static final String BANK = "\"redirect_uris\": [\"https://bank.example/back\"]";
  private static final String SHOP = "\"redirect_uris\": [\"https://shop.example/back\"]";

  private final Sectors sectors = new Sectors(null); // Nothing is fetched.

  /** Its codes never go there, nor do tokens that a device gets. */
  @Test
  void clientOfADeviceJoinsNoSectorByTheRedirectUrisOfAnother() {
    assertRefused("grant_types", pairwise(DEVICE, BANK));
    assertRefused("grant_types", pairwise(DEVICE.replace("[", "[\"authorization_code\", "), BANK));
  }

  /** The list says that a redirect URI belongs to the sector, not that the client does. */
  @Test
  void clientOfADeviceJoinsNoSectorByNamingIt() {
    String named = "\"sector_identifier_uri\": \"https://bank.example/sector.json\"";

    assertRefused("grant_types", pairwise(DEVICE, named));
    assertRefused("grant_types", pairwise(DEVICE, BANK, named));
  }

  @Test
  void clientOfADeviceIsASectorByItselfOrHasPublicSubjects() {
    sectors.check(pairwise(DEVICE));
    sectors.check(pairwise(DEVICE, local("http://127.0.0.1/back")));
    sectors.check(client(DEVICE, BANK));
  }

  @Test
  void redirectUriOffTheHostIsNoWayIntoItsSector() {
    for (String own : List.of("http://127.0.0.1/back", "org.example.app:/back")) {
      String both = "https://bank.example/back\", \"" + own;
      assertRefused("sector_identifier_uri", pairwise(CODES, local(both)));
      sectors.check(pairwise(CODES, local(own)));
    }
    sectors.check(pairwise(CODES, BANK));
  }

  /** Or refresh tokens that were got in one sector would tell the names of another. */
  @Test
  void clientStaysInItsSector() {
    assertStays(pairwise(CODES, SHOP), pairwise(CODES, BANK));
    assertStays(pairwise(DEVICE), pairwise(CODES, BANK));
    assertStays(client(CODES, BANK), pairwise(CODES, BANK));
    assertStays(pairwise(CODES, BANK), client(CODES, BANK));
    sectors.checkChange(client(CODES, SHOP), client(CODES, BANK));
    sectors.checkChange(
        pairwise(CODES, SHOP),
        pairwise(CODES, "\"redirect_uris\": [\"https://shop.example/another\"]"));
  }

  /** Registered before the rule: its users keep their names, and it keeps the grant or changes. */
  @Test
  void clientThatJoinedByADeviceKeepsItsNamesWhenItGivesTheGrantUp() {
    ClientMetadata former = pairwise(DEVICE, SHOP);

    assertThrows(Refusal.class, () -> sectors.checkChange(former, former));
    sectors.checkChange(former, pairwise(CODES, SHOP));
  }

  private void assertStays(ClientMetadata former, ClientMetadata next) {
    Refusal refusal =
        assertThrows(Refusal.class, () -> sectors.checkChange(former, next), next::toString);
    assertEquals("subject_type", refusal.errors().get(0).field());
  }

  private void assertRefused(String member, ClientMetadata metadata) {
    Refusal refusal =
        assertThrows(Refusal.class, () -> sectors.check(metadata), metadata::toString);
    assertEquals(List.of(member), refusal.errors().stream().map(FieldError::field).toList());
  }

  private static String local(String uri) {
    return "\"application_type\": \"native\", \"redirect_uris\": [\"" + uri + "\"]";
  }

  private static ClientMetadata pairwise(String... members) {
    return client("\"subject_type\": \"pairwise\"", String.join(", ", members));
  }

  private static ClientMetadata client(String... members) {
    return ClientMetadata.ofJson("{\"client_id\": \"app\", " + String.join(", ", members) + "}")
        .complete();
  }
}
