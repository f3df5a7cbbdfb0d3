package dev.signet.domain.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.signet.base.oauth.Scope;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.TokenSettings;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.Subjects;
import dev.signet.domain.client.TestRegistration;
import dev.signet.domain.client.TestSubjects;
import dev.signet.domain.jose.IdTokens;
import dev.signet.domain.keys.TestKeys;
import dev.signet.domain.session.Granted;
import dev.signet.domain.session.OpenSession;
import dev.signet.domain.session.UserGrant;
import dev.signet.domain.user.TestUsers;
import dev.signet.domain.user.User;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");
  private static final TokenSettings SETTINGS = Settings.read(key -> Optional.empty()).token();
  private static final Subjects SUBJECTS =
      TestSubjects.salted("a secret of at least 32 characters");
  private static final User ADA = TestUsers.ada();

  private final Client client = client("public", "openid profile email groups");
  private final Identity identity = new Identity(idTokens(), SUBJECTS, SETTINGS);

  @Test
  void idTokenSaysWhoHasLoggedInWhenAndHow() throws ParseException {
    JWTClaimsSet claims = idToken(client, granted("openid", null), true);

    assertEquals(SETTINGS.issuer(), claims.getIssuer());
    assertEquals(ADA.id(), claims.getSubject());
    assertEquals(List.of("app"), claims.getAudience());
    assertEquals(Instant.parse("2026-03-01T12:00:00Z"), claims.getIssueTime().toInstant());
    assertEquals(
        Instant.parse("2026-03-01T12:00:00Z").plus(SETTINGS.lifetime()),
        claims.getExpirationTime().toInstant());
    assertEquals(
        Instant.parse("2026-03-01T11:00:00Z").getEpochSecond(), claims.getClaim("auth_time"));
    assertEquals("n-1", claims.getClaim("nonce"));
    assertEquals("family", claims.getClaim("sid"));
    assertEquals("urn:signet:acr:password", claims.getClaim("acr"));
    assertEquals(List.of("pwd"), claims.getClaim("amr"));
    assertEquals(
        Set.of(
            "iss",
            "sub",
            "aud",
            "iat",
            "exp",
            "auth_time",
            "nonce",
            "sid",
            "acr",
            "amr",
            "at_hash"),
        claims.getClaims().keySet());
  }

  @Test
  void refreshedIdTokenHasNoNonceAndTheTimeOfTheLogin() throws ParseException {
    JWTClaimsSet claims = idToken(client, granted("openid", null), false);

    assertFalse(claims.getClaims().containsKey("nonce"));
    assertEquals(
        Instant.parse("2026-03-01T11:00:00Z").getEpochSecond(), claims.getClaim("auth_time"));
  }

  @Test
  void scopesAskForUserinfoAndNotForTheIdToken() throws ParseException {
    Granted granted = granted("openid profile email groups", null);

    assertFalse(idToken(client, granted, true).getClaims().containsKey("email"));
    Map<String, Object> all = userinfo(client, granted, "openid profile email groups");
    assertEquals(ADA.id(), all.get("sub"));
    assertEquals(ADA.username(), all.get("preferred_username"));
    assertEquals(ADA.updatedAt().getEpochSecond(), all.get("updated_at"));
    assertEquals(ADA.email().orElseThrow(), all.get("email"));
    assertEquals(false, all.get("email_verified"));
    assertEquals(ADA.groups(), all.get("groups"));
    assertEquals(6, all.size());
    assertEquals(Set.of("sub"), userinfo(client, granted, "openid").keySet());
    assertEquals(Set.of("sub", "groups"), userinfo(client, granted, "openid groups").keySet());
  }

  @Test
  void claimIsToldWhereItIsAskedFor() throws ParseException {
    Granted granted =
        granted(
            "openid", "{\"id_token\":{\"email\":null},\"userinfo\":{\"groups\":null,\"x\":null}}");

    JWTClaimsSet idToken = idToken(client, granted, true);
    assertEquals(ADA.email().orElseThrow(), idToken.getClaim("email"));
    assertFalse(idToken.getClaims().containsKey("groups"));
    assertEquals(Set.of("sub", "groups"), userinfo(client, granted, "openid").keySet());
  }

  @Test
  void claimBeyondTheRegisteredScopeIsNotTold() throws ParseException {
    Client little = client("public", "openid");
    Granted granted =
        granted("openid", "{\"id_token\":{\"email\":null},\"userinfo\":{\"email\":null}}");

    assertFalse(idToken(little, granted, true).getClaims().containsKey("email"));
    assertEquals(Set.of("sub"), userinfo(little, granted, "openid").keySet());
  }

  /** The access token is older than the change. */
  @Test
  void userinfoFollowsTheScopeThatIsRegisteredNow() {
    Client little = client("public", "openid");

    assertEquals(
        Set.of("sub"), userinfo(little, granted("openid email", null), "openid email").keySet());
  }

  @Test
  void pairwiseClientFindsOneSubjectEverywhere() throws ParseException {
    Client pairwise = client("pairwise", "openid api");
    Granted granted = granted("openid", null);

    String subject = idToken(pairwise, granted, true).getSubject();
    assertNotEquals(ADA.id(), subject);
    assertEquals(subject, userinfo(pairwise, granted, "openid").get("sub"));
    assertEquals(
        subject, identity.subjectOfAccessToken(pairwise, ADA, Scope.parse("openid orders")));
    assertEquals(
        ADA.id(),
        identity.subjectOfAccessToken(pairwise, ADA, Scope.parse("openid api")),
        "the API shows who it is anyway");
  }

  private JWTClaimsSet idToken(Client asking, Granted granted, boolean isFirst)
      throws ParseException {
    OpenSession session =
        new OpenSession(
            ADA,
            "family",
            Optional.empty(),
            Optional.empty(),
            NOW,
            granted.authenticatedAt(),
            NOW.plusSeconds(60),
            Optional.of(granted));
    AccessToken token = new AccessToken("access", Duration.ofMinutes(5), false);
    return SignedJWT.parse(identity.idToken(asking, session, granted, token, isFirst))
        .getJWTClaimsSet();
  }

  private Map<String, Object> userinfo(Client asking, Granted granted, String scope) {
    return identity.userinfo(asking, new UserGrant(ADA, "app", granted), Scope.parse(scope));
  }

  private static Granted granted(String scope, String claims) {
    return new Granted(
        Scope.parse(scope),
        List.of("https://orders.example.org"),
        Instant.parse("2026-03-01T11:00:00.9Z"),
        Optional.of("urn:signet:acr:password"),
        List.of("pwd"),
        Optional.of("n-1"),
        Optional.ofNullable(claims),
        Optional.empty(),
        false,
        Optional.empty());
  }

  private static Client client(String subjectType, String scope) {
    return TestRegistration.of(
        """
        {"client_id": "app", "subject_type": "%s", "scope": "%s",
         "redirect_uris": ["https://app.example.org/"]}"""
            .formatted(subjectType, scope));
  }

  private static IdTokens idTokens() {
    return TestKeys.idTokens(SETTINGS);
  }
}
