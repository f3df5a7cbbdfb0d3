package dev.signet.discovery;

import dev.signet.oauth.ClientAuthentication;
import dev.signet.oauth.GrantType;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * Where the endpoints are and what they understand, as RFC 8414, section 2, names it.
 *
 * @param responseTypesSupported none: there is no authorization endpoint
 */
record ServerMetadata(
    String issuer,
    String tokenEndpoint,
    String jwksUri,
    List<String> responseTypesSupported,
    List<String> grantTypesSupported,
    List<String> tokenEndpointAuthMethodsSupported,
    String introspectionEndpoint,
    List<String> introspectionEndpointAuthMethodsSupported,
    String revocationEndpoint,
    List<String> revocationEndpointAuthMethodsSupported) {

  static ServerMetadata of(URI issuer) {
    List<String> methods =
        Arrays.stream(ClientAuthentication.values()).map(ClientAuthentication::text).toList();
    return new ServerMetadata(
        issuer.toString(),
        issuer + "/oauth2/token",
        issuer + "/.well-known/jwks.json",
        List.of(),
        Arrays.stream(GrantType.values()).map(GrantType::text).toList(),
        methods,
        issuer + "/oauth2/introspect",
        methods,
        issuer + "/oauth2/revoke",
        methods);
  }
}
