package dev.signet.domain.client;

import dev.signet.base.problem.FieldError;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.Profile;
import dev.signet.base.settings.value.AssertionAudience;
import dev.signet.base.wiring.Shared;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of the profile for clients, which apply to new clients at the registration and to older
 * ones at each use.
 */
@Shared
public class ProfileRules {
  private final Profile profile;

  @Inject
  public ProfileRules(Profile profile) {
    this.profile = profile;
  }

  /**
   * Refuses a client that violates the profile.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT} with all invalid members
   */
  void check(ClientMetadata metadata) {
    List<FieldError> errors = faults(metadata);
    if (!errors.isEmpty()) {
      throw Refusal.of(Problem.INVALID_INPUT, Problem.INVALID_INPUT.title() + ".", errors);
    }
  }

  boolean allow(Client client) {
    return faults(client.metadata()).isEmpty();
  }

  private List<FieldError> faults(ClientMetadata metadata) {
    return profile == Profile.FAPI2 ? fapi2(metadata) : List.of();
  }

  /** FAPI 2.0 Security Profile, sections 5.3.2.1 and 5.3.2.2. */
  private List<FieldError> fapi2(ClientMetadata metadata) {
    List<FieldError> errors = new ArrayList<>();
    if (!metadata.authenticatesByKey()) {
      errors.add(by("token_endpoint_auth_method", "private_key_jwt"));
    }
    if (!metadata.grantTypes().isEmpty() && !metadata.dpopBoundAccessTokens()) {
      errors.add(by("dpop_bound_access_tokens", "true"));
    }
    if (!metadata.requirePkce()) {
      errors.add(by("require_pkce", "true"));
    }
    if (Boolean.TRUE.equals(metadata.refreshTokenRotation())) {
      errors.add(by("refresh_token_rotation", "false"));
    }
    if (AssertionAudience.ANY.setting().equals(metadata.clientAssertionAudience())) {
      errors.add(by("client_assertion_audience", "issuer"));
    }
    boolean isWeb = !"native".equals(metadata.applicationType());
    if (isWeb && metadata.redirectUris().stream().anyMatch(uri -> !uri.startsWith("https:"))) {
      errors.add(new FieldError("redirect_uris", "must be https URLs for signet.profile=fapi2"));
    }
    return errors;
  }

  private static FieldError by(String member, String value) {
    return new FieldError(member, "must be " + value + " for signet.profile=fapi2");
  }
}
