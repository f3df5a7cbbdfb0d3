package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A service that checks tokens by itself and polls the feed of revocations, as the guide for
 * microservices shows it. It asks Signet once a second, however many requests it serves.
 */
final class ResourceServer {
  private final Client client;
  private final String issuer;
  private final Set<String> sessions = new HashSet<>();
  private final Set<String> tokens = new HashSet<>();
  private final Map<String, Long> users = new HashMap<>();
  private String since;

  /** The client has the token of a user in the group {@code resource-server}. */
  ResourceServer(Client client, String issuer) {
    this.client = client;
    this.issuer = issuer;
  }

  /** Reads what is new. */
  void poll() {
    boolean more;
    do {
      JWTClaimsSet feed = read();
      for (Map<String, Object> entry : entries(feed)) {
        switch ((String) entry.get("kind")) {
          case "session" -> sessions.add((String) entry.get("sid"));
          case "token" -> tokens.add((String) entry.get("jti"));
          case "user" ->
              users.merge((String) entry.get("sub"), (Long) entry.get("not_before"), Math::max);
          default -> {} // a kind of a later version
        }
      }
      since = (String) feed.getClaim("next");
      more = Boolean.TRUE.equals(feed.getClaim("more"));
    } while (more);
  }

  /** Whether a token that has passed all other checks was revoked. */
  boolean isRevoked(String accessToken) {
    try {
      JWTClaimsSet claims = SignedJWT.parse(accessToken).getJWTClaimsSet();
      String session = (String) claims.getClaim("sid");
      long issuedAt = claims.getIssueTime().toInstant().getEpochSecond();
      long notBefore = users.getOrDefault(claims.getSubject(), 0L);
      return (session != null && sessions.contains(session))
          || tokens.contains(claims.getJWTID())
          || issuedAt < notBefore
          || (issuedAt == notBefore && session == null);
    } catch (ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private JWTClaimsSet read() {
    Client.Reply reply =
        client.send(
            client
                .request("/api/revocations" + (since == null ? "" : "?since=" + since))
                .setHeader("Accept", "application/jwt"));
    assertEquals(200, reply.status(), reply::toString);
    assertEquals("application/jwt", reply.header("Content-Type").orElse("").split(";", 2)[0]);
    try {
      SignedJWT document = SignedJWT.parse(reply.body());
      JWKSet keys = JWKSet.parse(client.get("/.well-known/jwks.json").body());
      JWSVerifier verifier =
          new RSASSAVerifier(keys.getKeyByKeyId(document.getHeader().getKeyID()).toRSAKey());
      assertEquals("revocations+jwt", document.getHeader().getType().getType());
      assertEquals(true, document.verify(verifier));
      assertEquals(issuer, document.getJWTClaimsSet().getIssuer());
      return document.getJWTClaimsSet();
    } catch (ParseException | JOSEException e) {
      throw new AssertionError(reply.toString(), e);
    }
  }

  @SuppressWarnings("unchecked") // a list of objects, as the feed is described
  private static List<Map<String, Object>> entries(JWTClaimsSet feed) {
    return (List<Map<String, Object>>) feed.getClaim("revocations");
  }
}
