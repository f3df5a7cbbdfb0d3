package dev.signet.web.caller;

import static dev.signet.web.mechanism.TestTokens.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.Settings;
import dev.signet.domain.jose.InvalidToken;
import dev.signet.domain.jose.InvalidToken.Reason;
import dev.signet.domain.jose.TestProofs;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.web.mechanism.BearerAuthentication;
import dev.signet.web.mechanism.TestTokens;
import dev.signet.web.route.TestHttp;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DpopProofsTest {
  private static final String TOKEN_ENDPOINT = "https://id.example.org/oauth2/token";
  private static final String ME = "https://id.example.org/api/me";
  private static final TestProofs PROOFS = TestProofs.fresh();
  private static final Settings STRICT =
      Settings.read(
          name ->
              Optional.ofNullable(
                  Map.of("signet.issuer", "https://id.example.org", "signet.dpop.nonce", "true")
                      .get(name)));

  private final String bound = TestTokens.adas(Optional.empty(), Optional.of(PROOFS.thumbprint()));
  private final TestHttp.Answer answer = new TestHttp.Answer();
  private final DpopProofs proofs = TestTokens.proofsAt(NOW, TestTokens.SETTINGS);

  @Test
  void keyIsTheOneThatIsProven() {
    assertEquals(Optional.of(PROOFS.thumbprint()), key(PROOFS.proof("POST", TOKEN_ENDPOINT, NOW)));
    assertEquals(Optional.empty(), key());
    assertNull(answer.header("DPoP-Nonce"));
  }

  @Test
  void proofForAnotherRequestAndASecondProofAreRefused() {
    String good = PROOFS.proof("POST", TOKEN_ENDPOINT, NOW);

    assertEquals(OAuthError.INVALID_DPOP_PROOF, refused("x"));
    assertEquals(OAuthError.INVALID_DPOP_PROOF, refused(good, good));
    assertEquals(OAuthError.INVALID_DPOP_PROOF, refused(PROOFS.proof("GET", TOKEN_ENDPOINT, NOW)));
    assertEquals(OAuthError.INVALID_DPOP_PROOF, refused(PROOFS.proof("POST", ME, NOW)));
    assertEquals(
        OAuthError.INVALID_DPOP_PROOF,
        refused(PROOFS.proof("POST", TOKEN_ENDPOINT, NOW.minusSeconds(60))));
  }

  @Test
  void whereNoncesAreNeededOneIsGivenAndAskedFor() {
    DpopProofs strict = TestTokens.proofsAt(NOW, STRICT);

    OAuthException refusal =
        assertThrows(
            OAuthException.class,
            () -> strict.key(post(PROOFS.proof("POST", TOKEN_ENDPOINT, NOW)), answer.response()));

    assertEquals(OAuthError.USE_DPOP_NONCE, refusal.error());
    String nonce = answer.header("DPoP-Nonce");
    assertNotNull(nonce);
    String second =
        PROOFS.proof("POST", TOKEN_ENDPOINT, NOW, claims -> claims.claim("nonce", nonce));
    assertEquals(Optional.of(PROOFS.thumbprint()), strict.key(post(second), answer.response()));
    String wrong = PROOFS.proof("POST", TOKEN_ENDPOINT, NOW, claims -> claims.claim("nonce", "x"));
    assertEquals(
        OAuthError.USE_DPOP_NONCE,
        assertThrows(OAuthException.class, () -> strict.key(post(wrong), answer.response()))
            .error());
  }

  /** RFC 9449, section 9. */
  @Test
  void callWithoutANonceIsToldOne() throws Exception {
    DpopProofs strict = TestTokens.proofsAt(NOW, STRICT);
    VerifiedToken token = TestTokens.verified(Map.of("cnf", Map.of("jkt", PROOFS.thumbprint())));
    HttpServletRequest request = get("DPoP raw", PROOFS.proof("GET", ME, NOW, token.raw()));
    InvalidToken refused = assertThrows(InvalidToken.class, () -> strict.check(request, token));
    assertEquals(Reason.NONCE, refused.reason());

    TestTokens.earlyAnswer(STRICT).refuse(refused, request, answer.response());

    assertEquals(401, answer.status());
    assertTrue(answer.header("WWW-Authenticate").contains("error=\"use_dpop_nonce\""));
    String nonce = answer.header("DPoP-Nonce");
    String second =
        PROOFS.proof(
            "GET",
            ME,
            NOW,
            claims ->
                claims.claim("nonce", nonce).claim("ath", new OpaqueToken(token.raw()).hash()));
    strict.check(get("DPoP raw", second), token);
  }

  @Test
  void boundTokenNeedsAProofOfItsKeyForThisRequest() throws Exception {
    assertEquals(
        "Ada",
        authenticate("DPoP " + bound, PROOFS.proof("GET", ME, NOW, bound)).orElseThrow().getName());

    for (String bad :
        List.of(
            "x",
            PROOFS.proof("GET", ME, NOW),
            PROOFS.proof("GET", ME, NOW, "another token"),
            PROOFS.proof("POST", ME, NOW, bound),
            PROOFS.proof("GET", TOKEN_ENDPOINT, NOW, bound),
            PROOFS.proof("GET", ME, NOW.minusSeconds(60), bound),
            TestProofs.fresh().proof("GET", ME, NOW, bound))) {
      assertEquals(Reason.PROOF, refusedToken("DPoP " + bound, bad));
    }
    assertEquals(Reason.PROOF, refusedToken("DPoP " + bound));
    String good = PROOFS.proof("GET", ME, NOW, bound);
    assertEquals(Reason.PROOF, refusedToken("DPoP " + bound, good, good));
  }

  /** An attacker with a stolen token would omit the proof. */
  @Test
  void boundTokenIsNoBearerToken() {
    String good = PROOFS.proof("GET", ME, NOW, bound);

    assertEquals(Reason.CLAIMS, refusedToken("Bearer " + bound, good));
    assertEquals(Reason.CLAIMS, refusedToken("Bearer " + bound));
  }

  @Test
  void bearerTokenIsNotBoundByAProof() {
    String bearer = TestTokens.adas();

    assertEquals(
        Reason.PROOF, refusedToken("DPoP " + bearer, PROOFS.proof("GET", ME, NOW, bearer)));
  }

  @Test
  void proofIsUsedOnce() throws Exception {
    String proof = PROOFS.proof("GET", ME, NOW, bound);
    BearerAuthentication node = TestTokens.bearerAt(NOW);

    node.authenticate(get("DPoP " + bound, proof));

    assertEquals(
        Reason.PROOF,
        assertThrows(InvalidToken.class, () -> node.authenticate(get("DPoP " + bound, proof)))
            .reason());
  }

  private Optional<String> key(String... proof) {
    return proofs.key(post(proof), answer.response());
  }

  private OAuthError refused(String... proof) {
    return assertThrows(OAuthException.class, () -> key(proof)).error();
  }

  private static Optional<CallerToken> authenticate(String authorization, String... proof)
      throws InvalidToken {
    return TestTokens.bearerAt(NOW).authenticate(get(authorization, proof));
  }

  private static Reason refusedToken(String authorization, String... proof) {
    return assertThrows(InvalidToken.class, () -> authenticate(authorization, proof)).reason();
  }

  private static HttpServletRequest get(String authorization, String... proof) {
    return TestHttp.request(
        "GET",
        "/signet/api/me",
        Map.of("Authorization", List.of(authorization), "DPoP", List.of(proof)));
  }

  private static HttpServletRequest post(String... proof) {
    return TestHttp.request("POST", "/signet/oauth2/token", Map.of("DPoP", List.of(proof)));
  }
}
