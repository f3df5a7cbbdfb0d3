package dev.signet.domain.client;

import dev.signet.base.settings.Profile;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.settings.value.AssertionAudience;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.jose.ClientAssertion;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * The rules of the client, the operator or the profile for assertions, beyond RFC 7523, section 3
 * (FAPI 2.0 Security Profile, sections 5.3.2.1 and 5.4.1).
 */
@Shared
class AssertionRules {
  private final String issuer;
  private final AssertionAudience audience;
  private final Profile profile;

  @Inject
  AssertionRules(TokenSettings tokens, Settings.ClientSettings clients, Profile profile) {
    issuer = tokens.issuer();
    audience = clients.assertionAudience();
    this.profile = profile;
  }

  /**
   * Finds the first rule that an assertion breaks.
   *
   * @return a sentence that begins with the name of the claim or the header
   */
  Optional<String> refused(Client client, ClientAssertion assertion) {
    if (audience(client) == AssertionAudience.ISSUER && !assertion.isForOnly(issuer)) {
      return Optional.of("aud must be the issuer as a single string");
    }
    return profile.permits(assertion.algorithm())
        ? Optional.empty()
        : Optional.of("alg must be ES256 or PS256");
  }

  private AssertionAudience audience(Client client) {
    return Optional.ofNullable(client.metadata().clientAssertionAudience())
        .flatMap(AssertionAudience::named)
        .orElse(audience);
  }
}
