package dev.signet.endpoint.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.signet.base.settings.Settings;
import dev.signet.domain.client.TestSubjects;
import dev.signet.domain.keys.TestKeys;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerMetadataTest {
  @Test
  void registrationIsAdvertisedUnlessItIsOff() {
    assertEquals(
        "http://localhost:8080/oauth2/register", members(Map.of()).get("registration_endpoint"));
    assertFalse(
        members(Map.of("signet.registration.clients", "off")).containsKey("registration_endpoint"));
  }

  @Test
  void pushedRequestsAreAMustIfTheyAreSetToBe() {
    assertEquals(false, members(Map.of()).get("require_pushed_authorization_requests"));
    assertEquals(
        true,
        members(Map.of("signet.par.required", "true"))
            .get("require_pushed_authorization_requests"));
  }

  private static Map<String, Object> members(Map<String, String> values) {
    Settings settings = Settings.read(key -> Optional.ofNullable(values.get(key)));
    return ServerMetadata.of(settings, TestSubjects.unsalted(), TestKeys.idTokens(settings.token()))
        .members();
  }
}
