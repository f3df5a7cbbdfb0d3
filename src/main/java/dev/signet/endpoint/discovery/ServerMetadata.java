package dev.signet.endpoint.discovery;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.signet.base.oauth.Acr;
import dev.signet.base.oauth.ClientAuthentication;
import dev.signet.base.oauth.GrantType;
import dev.signet.base.oauth.UserClaim;
import dev.signet.base.route.Routes;
import dev.signet.base.settings.Profile;
import dev.signet.base.settings.RegistrationSettings;
import dev.signet.base.settings.Settings;
import dev.signet.domain.client.Subjects;
import dev.signet.domain.jose.ClientKeys;
import dev.signet.domain.jose.DpopProof;
import dev.signet.domain.jose.IdTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The server metadata: the endpoints and their capabilities, according to RFC 8414, section 2,
 * OpenID Connect Discovery 1.0, section 3, and the specification of each capability. It describes
 * this deployment completely.
 *
 * @param members by name, in the order of the response
 */
record ServerMetadata(@JsonValue Map<String, Object> members) {
  /** The claims of every ID token, and those about users. */
  private static final List<String> CLAIMS =
      Stream.concat(
              Stream.of(
                  "iss",
                  "sub",
                  "aud",
                  "exp",
                  "iat",
                  "auth_time",
                  "nonce",
                  "at_hash",
                  "acr",
                  "amr",
                  "sid"),
              Arrays.stream(UserClaim.values()).map(UserClaim::text))
          .toList();

  private static final String BY_KEY = ClientAuthentication.PRIVATE_KEY_JWT.text();

  static ServerMetadata of(Settings settings, Subjects subjects, IdTokens idTokens) {
    String issuer = settings.issuer().toString();
    List<String> all =
        Arrays.stream(ClientAuthentication.values())
            .map(ClientAuthentication::text)
            .collect(Collectors.toCollection(ArrayList::new));
    all.removeIf(method -> settings.profile() == Profile.FAPI2 && !method.equals(BY_KEY));
    List<String> secret = new ArrayList<>(all);
    secret.remove(ClientAuthentication.NONE.text());
    List<String> keys = settings.profile().permitted(ClientKeys.ALGORITHMS);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("issuer", issuer);
    members.put("authorization_endpoint", issuer + Routes.AUTHORIZATION.path());
    members.put("pushed_authorization_request_endpoint", issuer + Routes.PUSHED_REQUEST.path());
    members.put("require_pushed_authorization_requests", settings.authorization().onlyPushed());
    endpoint(members, "token", issuer + Routes.TOKEN.path(), all, keys);
    members.put("device_authorization_endpoint", issuer + Routes.DEVICE_AUTHORIZATION.path());
    endpoint(members, "introspection", issuer + Routes.INTROSPECTION.path(), secret, keys);
    endpoint(members, "revocation", issuer + Routes.REVOCATION.path(), all, keys);
    members.put("userinfo_endpoint", issuer + Routes.USERINFO.path());
    if (settings.registration().clients() != RegistrationSettings.Clients.OFF) {
      members.put("registration_endpoint", issuer + Routes.REGISTRATION.path());
    }
    if (settings.documents().enabled()) {
      members.put("client_id_metadata_document_supported", true);
    }
    members.put("end_session_endpoint", issuer + Routes.LOGOUT_PAGE.path());
    members.put("jwks_uri", issuer + Routes.JWK_SET.path());
    members.put(
        "scopes_supported",
        List.of("openid", "profile", "email", "groups", "offline_access", "api"));
    members.put("response_types_supported", List.of("code"));
    members.put("response_modes_supported", List.of("query", "form_post"));
    members.put(
        "grant_types_supported", Arrays.stream(GrantType.values()).map(GrantType::text).toList());
    members.put("code_challenge_methods_supported", List.of("S256"));
    members.put("authorization_response_iss_parameter_supported", true);
    members.put(
        "dpop_signing_alg_values_supported", settings.profile().permitted(DpopProof.ALGORITHMS));
    members.put("prompt_values_supported", List.of("none", "login", "consent", "select_account"));
    members.put("acr_values_supported", Arrays.stream(Acr.values()).map(Acr::text).toList());
    members.put("subject_types_supported", subjects.types());
    members.put("id_token_signing_alg_values_supported", idTokens.algorithms());
    members.put("claim_types_supported", List.of("normal"));
    members.put("claims_supported", CLAIMS);
    members.put("claims_parameter_supported", true);
    members.put("request_parameter_supported", false);
    members.put("request_uri_parameter_supported", false);
    members.put("backchannel_logout_supported", true);
    members.put("backchannel_logout_session_supported", true);
    members.put("ui_locales_supported", List.of("en", "de"));
    members.put("service_documentation", issuer + Routes.DOCUMENTATION.path());
    return new ServerMetadata(members);
  }

  /** Adds an endpoint with client authentication. */
  private static void endpoint(
      Map<String, Object> members,
      String name,
      String address,
      List<String> methods,
      List<String> algorithms) {
    members.put(name + "_endpoint", address);
    members.put(name + "_endpoint_auth_methods_supported", methods);
    members.put(name + "_endpoint_auth_signing_alg_values_supported", algorithms);
  }
}
