package dev.signet.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.base.problem.FieldError;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.Profile;
import dev.signet.domain.jose.TestAssertions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileRulesTest {
  private static final String GOOD =
      """
      {"token_endpoint_auth_method": "private_key_jwt", "jwks": %s,
       "dpop_bound_access_tokens": true, "grant_types": ["authorization_code", "refresh_token"],
       "redirect_uris": ["https://bank.example.org/back"]}
      """
          .formatted(TestAssertions.jwks("one"));

  private final ProfileRules fapi2 = new ProfileRules(Profile.FAPI2);

  @Test
  void clientThatFitsIsTaken() {
    fapi2.check(metadata(GOOD));
    assertTrue(fapi2.allow(TestRegistration.of(GOOD)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token_endpoint_auth_method | \"client_secret_basic\"",
        "token_endpoint_auth_method | \"none\"",
        "dpop_bound_access_tokens | false",
        "refresh_token_rotation | true",
        "client_assertion_audience | \"any\"",
        "require_pkce | false",
        "redirect_uris | [\"http://127.0.0.1/back\"]"
      })
  void clientThatDoesNotFitIsRefusedAndUnknownIfItIsFromBefore(String member, String value) {
    ClientMetadata changed = metadata(GOOD).with(part("{\"" + member + "\": " + value + "}"));

    Refusal refused = assertThrows(Refusal.class, () -> fapi2.check(changed));

    assertEquals(List.of(member), refused.errors().stream().map(FieldError::field).toList());
    new ProfileRules(Profile.NONE).check(changed);
  }

  @Test
  void serviceWithoutGrantsNeedsNoKeyForTokens() {
    ClientMetadata service =
        metadata(
            """
            {"token_endpoint_auth_method": "private_key_jwt", "jwks": %s}
            """
                .formatted(TestAssertions.jwks("one")));

    fapi2.check(service);
    assertFalse(service.dpopBoundAccessTokens());
  }

  private static ClientMetadata part(String json) {
    try {
      return ClientMetadata.read((ObjectNode) new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static ClientMetadata metadata(String json) {
    return ClientMetadata.ofJson(json).complete();
  }
}
