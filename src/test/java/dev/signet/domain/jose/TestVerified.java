package dev.signet.domain.jose;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tokens as if they had been verified. */
public final class TestVerified {
  private TestVerified() {}

  /** A token of a session, or of none if that is null. */
  public static VerifiedToken token(String session, String id, String subject, Instant issuedAt) {
    Map<String, Object> claims = new HashMap<>();
    if (session != null) {
      claims.put("sid", session);
    }
    claims.put("jti", id);
    claims.put("sub", subject);
    claims.put("iat", issuedAt.getEpochSecond());
    return new VerifiedToken(
        "raw", claims, Set.of("user"), List.of(), issuedAt.getEpochSecond() + 900);
  }
}
