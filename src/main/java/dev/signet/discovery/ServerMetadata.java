package dev.signet.discovery;

import dev.signet.keys.ClientKeys;
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
    List<String> tokenEndpointAuthSigningAlgValuesSupported,
    String introspectionEndpoint,
    List<String> introspectionEndpointAuthMethodsSupported,
    List<String> introspectionEndpointAuthSigningAlgValuesSupported,
    String revocationEndpoint,
    List<String> revocationEndpointAuthMethodsSupported,
    List<String> revocationEndpointAuthSigningAlgValuesSupported) {

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
        ClientKeys.ALGORITHMS,
        issuer + "/oauth2/introspect",
        methods,
        ClientKeys.ALGORITHMS,
        issuer + "/oauth2/revoke",
        methods,
        ClientKeys.ALGORITHMS);
  }
}
