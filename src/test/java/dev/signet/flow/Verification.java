package dev.signet.flow;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.util.Set;

/** Verifies the tokens of a client with a third-party library. */
final class Verification {
  private Verification() {}

  /** OIDC Core, section 3.1.3.7. */
  static JWTClaimsSet idToken(Client node, TestClients client, String token) throws Exception {
    return verified(
        node,
        client,
        token,
        null,
        Set.of("sub", "iat", "exp", "auth_time", "at_hash", "sid", "acr", "amr"));
  }

  /** OpenID Connect Back-Channel Logout 1.0, section 2.6. */
  static JWTClaimsSet logoutToken(Client node, TestClients client, String token) throws Exception {
    return verified(
        node,
        client,
        token,
        new JOSEObjectType("logout+jwt"),
        Set.of("sub", "iat", "exp", "jti", "sid", "events"));
  }

  private static JWTClaimsSet verified(
      Client node, TestClients client, String token, JOSEObjectType type, Set<String> required)
      throws Exception {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(type));
    JWKSet keys = JWKSet.parse(node.get("/.well-known/jwks.json").body());
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), new ImmutableJWKSet<>(keys)));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            client.id(),
            new JWTClaimsSet.Builder().issuer(System.getProperty(ServerSession.URL)).build(),
            required));
    return processor.process(token, null);
  }
}
