package dev.signet.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientDocumentTest {
  private static final String ADDRESS = "https://tool.example.org/client.json";

  @Test
  void documentIsReadAsARegistrationByRules() {
    ClientMetadata read =
        read(
            """
            "client_name": "Tool", "redirect_uris": ["http://localhost/callback"],
            "grant_types": ["authorization_code", "refresh_token", "client_credentials",
              "urn:ietf:params:oauth:grant-type:device_code", "something-new"],
            "response_types": ["code", "none"], "something_new": {"a": 1}
            """);

    assertEquals("Tool", read.clientName());
    assertEquals("none", read.tokenEndpointAuthMethod());
    assertEquals("native", read.applicationType());
    assertEquals(List.of("authorization_code", "refresh_token"), read.grantTypes());
    assertEquals(null, read.responseTypes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"client_secret\": \"x\"",
        "\"client_secret_expires_at\": 0",
        "\"token_endpoint_auth_method\": \"client_secret_basic\"",
        "\"token_endpoint_auth_method\": null",
        "\"subject_type\": \"pairwise\"",
        "\"redirect_uris\": {}",
        "\"client_name\": \"a\", \"client_name\": \"b\"",
        "\"client_id\": \"https://tool.example.org/client.json\"",
      })
  void documentWithASecretOrAmbiguousOrMalformedMembersIsRefused(String members) {
    assertThrows(IllegalArgumentException.class, () -> read(members));
  }

  @Test
  void documentNamesItsOwnAddressCharacterByCharacter() {
    for (String other :
        List.of(ADDRESS + "/", ADDRESS + "?", ADDRESS.toUpperCase(Locale.ROOT), "")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> ClientDocument.read(ADDRESS, "{\"client_id\": \"" + other + "\"}"));
    }
    for (String none : List.of("", "null", "[]", "{", "{} {}", "{}", "\"" + ADDRESS + "\"")) {
      assertThrows(IllegalArgumentException.class, () -> ClientDocument.read(ADDRESS, none), none);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> ClientDocument.read(ADDRESS, read("").toJson() + " ".repeat(16_000)));
  }

  @Test
  void identifierIsAnHttpsAddressWithAPathAndNothingThatHidesIt() {
    for (String good :
        List.of(
            ADDRESS,
            "https://tool.example.org/",
            "https://tool.example.org:8443/a/b?version=2",
            "http://localhost:3000/client.json")) {
      assertTrue(RegisteredUri.isDocument(good), good);
      assertTrue(ClientMetadata.isId(good), good);
    }
    for (String bad :
        List.of(
            "https://tool.example.org",
            "http://tool.example.org/client.json",
            "https://user@tool.example.org/client.json",
            "https://tool.example.org/client.json#x",
            "https://tool.example.org/./client.json",
            "https://tool.example.org/a/../client.json",
            "https://tool.example.org/a/%2e%2e/client.json",
            "https://t\u00f6ol.example.org/client.json",
            "https://127.0.0.1.example.org/client.json",
            "https:/client.json",
            "urn:tool/client.json",
            "https://tool.example.org/" + "x".repeat(256))) {
      assertFalse(RegisteredUri.isDocument(bad), bad);
    }
  }

  private static ClientMetadata read(String members) {
    String more = members.isEmpty() ? "" : ", " + members;
    return ClientDocument.read(ADDRESS, "{\"client_id\": \"" + ADDRESS + "\"" + more + "}");
  }
}
