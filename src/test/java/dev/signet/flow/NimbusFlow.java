package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.PushedAuthorizationRequest;
import com.nimbusds.oauth2.sdk.PushedAuthorizationResponse;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationResponse;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.oauth2.sdk.token.Token;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The Nimbus OAuth 2.0 SDK with OpenID Connect extensions, as it comes, as a client of Signet. */
interface NimbusFlow extends Flow {
  URI CALLBACK = URI.create("https://app.example.org/callback");

  @OneDatabase
  @Test
  default void nimbusGetsAPersonsTokensAndValidatesThem() throws Exception {
    OIDCProviderMetadata signet = signet();
    TestClients app = app();
    Guest visitor = visitor();
    Login login = new Login(signet, app);

    OIDCTokens tokens = login.redeem(visitor.open(login.request().toURI()));

    IDTokenClaimsSet claims = login.validated(tokens);
    assertEquals(visitor.userId(), claims.getSubject().getValue());
    UserInfoResponse userInfo =
        UserInfoResponse.parse(
            new UserInfoRequest(signet.getUserInfoEndpointURI(), tokens.getBearerAccessToken())
                .toHTTPRequest()
                .send());
    assertTrue(
        userInfo.indicatesSuccess(), () -> userInfo.toErrorResponse().getErrorObject().toString());
    assertEquals(
        visitor.username(), userInfo.toSuccessResponse().getUserInfo().getPreferredUsername());
    OIDCTokens refreshed = login.tokens(new RefreshTokenGrant(tokens.getRefreshToken()));
    assertNotEquals(tokens.getRefreshToken(), refreshed.getRefreshToken());
    assertTrue(isActive(signet, app, refreshed.getAccessToken()));
    assertTrue(
        new TokenRevocationRequest(
                signet.getRevocationEndpointURI(), auth(app), refreshed.getRefreshToken())
            .toHTTPRequest()
            .send()
            .indicatesSuccess());
    assertFalse(isActive(signet, app, refreshed.getAccessToken()));
  }

  @OneDatabase
  @Test
  default void nimbusAsAMobileAppComesBackAtItsOwnScheme() throws Exception {
    URI callback = URI.create("org.example.shop:/callback");
    TestClients app =
        TestClients.registered(
            TestUsers.administrator(client()),
            Map.of(
                "application_type",
                "native",
                "token_endpoint_auth_method",
                "none",
                "grant_types",
                List.of("authorization_code", "refresh_token"),
                "redirect_uris",
                List.of(callback.toString()),
                "scope",
                "openid profile email"));
    Login login = new Login(signet(), app, callback);

    OIDCTokens tokens = login.redeem(visitor().open(login.request().toURI()));

    login.validated(tokens);
    login.tokens(new RefreshTokenGrant(tokens.getRefreshToken()));
  }

  @OneDatabase
  @Test
  default void nimbusPushesItsAuthorizationRequest() throws Exception {
    OIDCProviderMetadata signet = signet();
    Login login = new Login(signet, app());

    PushedAuthorizationResponse pushed =
        PushedAuthorizationResponse.parse(
            new PushedAuthorizationRequest(
                    signet.getPushedAuthorizationRequestEndpointURI(),
                    auth(login.app()),
                    login.request())
                .toHTTPRequest()
                .send());

    assertTrue(
        pushed.indicatesSuccess(), () -> pushed.toErrorResponse().getErrorObject().toString());
    URI address =
        new AuthorizationRequest.Builder(
                pushed.toSuccessResponse().getRequestURI(), new ClientID(login.app().id()))
            .endpointURI(signet.getAuthorizationEndpointURI())
            .build()
            .toURI();
    login.validated(login.redeem(visitor().open(address)));
  }

  @OneDatabase
  @Test
  default void nimbusLetsADeviceIn() throws Exception {
    OIDCProviderMetadata signet = signet();
    TestClients app = app();
    Guest visitor = visitor();
    DeviceAuthorizationResponse response =
        DeviceAuthorizationResponse.parse(
            new DeviceAuthorizationRequest.Builder(auth(app))
                .endpointURI(signet.getDeviceAuthorizationEndpointURI())
                .scope(new Scope("openid", "profile"))
                .build()
                .toHTTPRequest()
                .send());
    assertTrue(response.indicatesSuccess());
    DeviceAuthorizationSuccessResponse device = response.toSuccessResponse();

    visitor.letIn(device.getVerificationURIComplete());

    Login login = new Login(signet, app);
    OIDCTokens tokens = login.tokens(new DeviceCodeGrant(device.getDeviceCode()));
    assertEquals(
        visitor.userId(),
        login.validator().validate(tokens.getIDToken(), null).getSubject().getValue());
  }

  @OneDatabase
  @Test
  default void nimbusBindsTokensByDpop() throws Exception {
    OIDCProviderMetadata signet = signet();
    Login login = new Login(signet, app());
    Guest visitor = visitor();
    ECKey key = new ECKeyGenerator(Curve.P_256).generate();
    DefaultDPoPProofFactory proofs = new DefaultDPoPProofFactory(key, JWSAlgorithm.ES256);
    HTTPRequest request =
        login.tokenRequest(login.grant(visitor.open(login.request().toURI()))).toHTTPRequest();
    request.setDPoP(proofs.createDPoPJWT("POST", signet.getTokenEndpointURI()));

    DPoPAccessToken token =
        OIDCTokenResponseParser.parse(request.send())
            .toSuccessResponse()
            .getTokens()
            .getDPoPAccessToken();

    HTTPRequest userInfo =
        new UserInfoRequest(signet.getUserInfoEndpointURI(), token).toHTTPRequest();
    userInfo.setDPoP(proofs.createDPoPJWT("GET", signet.getUserInfoEndpointURI(), token));
    assertEquals(
        visitor.userId(),
        UserInfoResponse.parse(userInfo.send())
            .toSuccessResponse()
            .getUserInfo()
            .getSubject()
            .getValue());
    assertEquals(
        401,
        new UserInfoRequest(signet.getUserInfoEndpointURI(), token)
            .toHTTPRequest()
            .send()
            .getStatusCode(),
        "without a proof");
  }

  @OneDatabase
  @Test
  default void nimbusActsForItselfByASecretAndByAKey() throws Exception {
    OIDCProviderMetadata signet = signet();
    TestClients service = TestClients.service(TestUsers.administrator(client()));
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
    TestClients signer =
        TestClients.registered(
            TestUsers.administrator(client()),
            Map.of(
                "grant_types",
                List.of("client_credentials"),
                "token_endpoint_auth_method",
                "private_key_jwt",
                "scope",
                "orders:read",
                "jwks",
                Map.of("keys", List.of(key.toPublicJWK().toJSONObject()))));

    for (ClientAuthentication way :
        List.of(
            auth(service),
            new PrivateKeyJWT(
                new ClientID(signer.id()),
                signet.getTokenEndpointURI(),
                JWSAlgorithm.ES256,
                key.toPrivateKey(),
                "1",
                null))) {
      TokenResponse response =
          TokenResponse.parse(
              new TokenRequest.Builder(
                      signet.getTokenEndpointURI(), way, new ClientCredentialsGrant())
                  .scope(new Scope("orders:read"))
                  .build()
                  .toHTTPRequest()
                  .send());
      assertTrue(response.indicatesSuccess());
      assertEquals(
          new Scope("orders:read"),
          response.toSuccessResponse().getTokens().getAccessToken().getScope());
    }
  }

  /** One login, from the request to the tokens. */
  record Login(
      OIDCProviderMetadata signet,
      TestClients app,
      URI callback,
      CodeVerifier verifier,
      State state,
      Nonce nonce) {
    Login(OIDCProviderMetadata signet, TestClients app) {
      this(signet, app, CALLBACK);
    }

    Login(OIDCProviderMetadata signet, TestClients app, URI callback) {
      this(signet, app, callback, new CodeVerifier(), new State(), new Nonce());
    }

    AuthenticationRequest request() {
      return new AuthenticationRequest.Builder(
              new ResponseType("code"),
              new Scope("openid", "profile", "email"),
              new ClientID(app.id()),
              callback)
          .endpointURI(signet.getAuthorizationEndpointURI())
          .state(state)
          .nonce(nonce)
          .codeChallenge(verifier, CodeChallengeMethod.S256)
          .build();
    }

    AuthorizationGrant grant(URI answer) throws ParseException {
      AuthenticationSuccessResponse response =
          AuthenticationResponseParser.parse(answer).toSuccessResponse();
      assertEquals(state, response.getState());
      assertEquals(signet.getIssuer(), response.getIssuer());
      AuthorizationCode code = response.getAuthorizationCode();
      return new AuthorizationCodeGrant(code, callback, verifier);
    }

    OIDCTokens redeem(URI answer) throws ParseException, IOException {
      return tokens(grant(answer));
    }

    OIDCTokens tokens(AuthorizationGrant grant) throws ParseException, IOException {
      TokenResponse response =
          OIDCTokenResponseParser.parse(tokenRequest(grant).toHTTPRequest().send());
      assertTrue(
          response.indicatesSuccess(),
          () -> response.toErrorResponse().getErrorObject().toJSONObject().toString());
      return response.toSuccessResponse().getTokens().toOIDCTokens();
    }

    TokenRequest tokenRequest(AuthorizationGrant grant) {
      URI endpoint = signet.getTokenEndpointURI();
      return app.secret().isEmpty()
          ? new TokenRequest.Builder(endpoint, new ClientID(app.id()), grant).build()
          : new TokenRequest.Builder(endpoint, auth(app), grant).build();
    }

    IDTokenValidator validator() throws GeneralException, IOException {
      return new IDTokenValidator(
          signet.getIssuer(),
          new ClientID(app.id()),
          signet.getIDTokenJWSAlgs().get(0), // the one in use
          signet.getJWKSetURI().toURL(),
          new DefaultResourceRetriever(30_000, 30_000)); // By default, a pause is a time-out.
    }

    IDTokenClaimsSet validated(OIDCTokens tokens)
        throws GeneralException, IOException, BadJOSEException, JOSEException {
      return validator().validate(tokens.getIDToken(), nonce);
    }
  }

  private static boolean isActive(OIDCProviderMetadata signet, TestClients app, AccessToken token)
      throws ParseException, IOException {
    return TokenIntrospectionResponse.parse(
            new TokenIntrospectionRequest(
                    signet.getIntrospectionEndpointURI(), auth(app), (Token) token)
                .toHTTPRequest()
                .send())
        .toSuccessResponse()
        .isActive();
  }

  private static ClientAuthentication auth(TestClients client) {
    return new ClientSecretBasic(new ClientID(client.id()), new Secret(client.secret()));
  }

  private OIDCProviderMetadata signet() throws GeneralException, IOException {
    return OIDCProviderMetadata.resolve(new Issuer(System.getProperty(ServerSession.URL)));
  }

  private TestClients app() {
    return TestClients.webApp(TestUsers.administrator(client()), CALLBACK);
  }

  private Guest visitor() {
    return Guest.registered(client());
  }
}
