package dev.signet.flow;

import static dev.signet.flow.TestClients.ORDERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.secret.OpaqueToken;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;

/** Spring Security's OAuth client and resource server, as they come. */
interface SpringFlow extends Flow {
  String CALLBACK = "https://app.example.org/login/oauth2/code/signet";

  @OneDatabase
  @Test
  default void springLogsAPersonIn() {
    ClientRegistration registration =
        registration(TestClients.webApp(TestUsers.administrator(client()), URI.create(CALLBACK)))
            .scope("openid", "profile")
            .redirectUri(CALLBACK)
            .build();
    Guest visitor = Guest.registered(client());

    OAuth2LoginAuthenticationToken login = login(registration, visitor);

    OidcUser person = (OidcUser) login.getPrincipal();
    assertEquals(visitor.userId(), person.getSubject());
    assertEquals(visitor.username(), person.getPreferredUsername());
    OAuth2AccessTokenResponse refreshed =
        new RestClientRefreshTokenTokenResponseClient()
            .getTokenResponse(
                new OAuth2RefreshTokenGrantRequest(
                    registration, login.getAccessToken(), login.getRefreshToken()));
    assertNotEquals(
        login.getRefreshToken().getTokenValue(), refreshed.getRefreshToken().getTokenValue());
  }

  /** What the filters of a web application do between two requests of a browser. */
  private static OAuth2LoginAuthenticationToken login(
      ClientRegistration registration, Guest visitor) {
    String verifier = OpaqueToken.random().value();
    String nonce = OpaqueToken.random().value();
    OAuth2AuthorizationRequest request =
        OAuth2AuthorizationRequest.authorizationCode()
            .authorizationUri(registration.getProviderDetails().getAuthorizationUri())
            .clientId(registration.getClientId())
            .redirectUri(CALLBACK)
            .scopes(registration.getScopes())
            .state(UUID.randomUUID().toString())
            .attributes(
                Map.of(
                    "registration_id",
                    registration.getRegistrationId(),
                    "code_verifier",
                    verifier,
                    "nonce",
                    nonce))
            .additionalParameters(
                Map.of(
                    "code_challenge",
                    new OpaqueToken(verifier).hash(),
                    "code_challenge_method",
                    "S256",
                    "nonce",
                    new OpaqueToken(nonce).hash()))
            .build();
    Map<String, String> answer =
        Guest.parameters(visitor.open(URI.create(request.getAuthorizationRequestUri())));
    OAuth2AuthorizationResponse response =
        OAuth2AuthorizationResponse.success(answer.get("code"))
            .state(answer.get("state"))
            .redirectUri(CALLBACK)
            .build();
    OidcAuthorizationCodeAuthenticationProvider provider =
        new OidcAuthorizationCodeAuthenticationProvider(
            new RestClientAuthorizationCodeTokenResponseClient(), new OidcUserService());
    provider.setJwtDecoderFactory(decoders());
    return (OAuth2LoginAuthenticationToken)
        provider.authenticate(
            new OAuth2LoginAuthenticationToken(
                registration, new OAuth2AuthorizationExchange(request, response)));
  }

  /** Unless told, Spring takes RS256 only; the servers of these tests change their keys. */
  private static OidcIdTokenDecoderFactory decoders() {
    OidcIdTokenDecoderFactory decoders = new OidcIdTokenDecoderFactory();
    decoders.setJwsAlgorithmResolver(
        registration -> {
          List<?> supported =
              (List<?>)
                  registration
                      .getProviderDetails()
                      .getConfigurationMetadata()
                      .get("id_token_signing_alg_values_supported");
          return SignatureAlgorithm.from((String) supported.get(0)); // the one in use
        });
    return decoders;
  }

  @OneDatabase
  @Test
  default void springCallsAServiceThatSpringProtects() {
    TestClients service =
        TestClients.registered(
            TestUsers.administrator(client()),
            Map.of(
                "grant_types",
                List.of("client_credentials"),
                "scope",
                "orders:read",
                "audience",
                List.of(ORDERS),
                "access_token_type",
                "at+jwt",
                "groups",
                List.of("reporter")));

    OAuth2AccessToken token = token(service);

    assertEquals("orders:read", String.join(" ", token.getScopes()));
    JwtAuthenticationProvider resourceServer = resourceServer(service.id());
    Authentication caller =
        resourceServer.authenticate(new BearerTokenAuthenticationToken(token.getTokenValue()));
    assertEquals(service.id(), caller.getName());
    assertEquals(
        List.of("ROLE_reporter"),
        caller.getAuthorities().stream()
            .map(GrantedAuthority::getAuthority)
            .filter(role -> role.startsWith("ROLE_"))
            .toList());
    String other = token(TestClients.service(TestUsers.administrator(client()))).getTokenValue();
    assertThrows(
        InvalidBearerTokenException.class,
        () -> resourceServer.authenticate(new BearerTokenAuthenticationToken(other)),
        "another client's, of another type");
  }

  @OneDatabase
  @Test
  default void springAsksAboutATokenByIntrospection() {
    Client administrator = TestUsers.administrator(client());
    TestClients service = TestClients.service(administrator);
    TestClients server =
        TestClients.registered(administrator, Map.of("groups", List.of("resource-server")));
    OpaqueTokenIntrospector introspector =
        SpringOpaqueTokenIntrospector.withIntrospectionUri(signet() + "/oauth2/introspect")
            .clientId(server.id())
            .clientSecret(server.secret())
            .build();

    String token = token(service).getTokenValue();

    assertEquals(service.id(), introspector.introspect(token).getAttribute("client_id"));
    assertThrows(BadOpaqueTokenException.class, () -> introspector.introspect(token + "x"));
  }

  private static OAuth2AccessToken token(TestClients service) {
    OAuth2AccessToken token =
        new RestClientClientCredentialsTokenResponseClient()
            .getTokenResponse(
                new OAuth2ClientCredentialsGrantRequest(
                    registration(service)
                        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                        .scope("orders:read")
                        .build()))
            .getAccessToken();
    assertTrue(token.getExpiresAt().isAfter(token.getIssuedAt()));
    return token;
  }

  private static ClientRegistration.Builder registration(TestClients client) {
    return ClientRegistrations.fromIssuerLocation(signet())
        .registrationId("signet")
        .clientId(client.id())
        .clientSecret(client.secret());
  }

  private static JwtAuthenticationProvider resourceServer(String clientId) {
    JwtDecoder keys = decoder(clientId);
    JwtGrantedAuthoritiesConverter groups = new JwtGrantedAuthoritiesConverter();
    groups.setAuthoritiesClaimName("groups");
    groups.setAuthorityPrefix("ROLE_");
    JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
    converter.setJwtGrantedAuthoritiesConverter(groups);
    JwtAuthenticationProvider provider = new JwtAuthenticationProvider(keys);
    provider.setJwtAuthenticationConverter(converter);
    return provider;
  }

  private static JwtDecoder decoder(String clientId) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withIssuerLocation(signet()).validateType(false).build();
    decoder.setJwtValidator(
        JwtValidators.createAtJwtValidator()
            .issuer(signet())
            .audience(ORDERS)
            .clientId(clientId)
            .build());
    return decoder;
  }

  private static String signet() {
    return System.getProperty(ServerSession.URL);
  }
}
