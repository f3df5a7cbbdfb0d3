package dev.signet.endpoint.introspection;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signet.domain.client.Client;
import dev.signet.domain.jose.VerifiedToken;
import dev.signet.domain.session.Granted;
import dev.signet.domain.session.OpenSession;
import java.util.HashMap;
import java.util.Map;

/**
 * The introspection response (RFC 7662, section 2.2).
 *
 * @param claims for an active access token, all claims and the {@code token_type}; for a refresh
 *     token, its grant
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Introspection(boolean active, @JsonAnyGetter Map<String, Object> claims) {
  static final Introspection INACTIVE = new Introspection(false, Map.of());

  static Introspection of(VerifiedToken token) {
    Map<String, Object> claims = new HashMap<>(token.claims());
    // The CSRF value is only for the browser.
    claims.remove("csrf");
    claims.put("token_type", token.key().isPresent() ? "DPoP" : "Bearer");
    claims.put("username", token.name());
    return new Introspection(true, claims);
  }

  /**
   * Describes a client's own refresh token.
   *
   * @param subject the subject of the user for the client
   */
  static Introspection of(OpenSession session, Client client, String subject) {
    Granted granted = session.granted().orElseThrow();
    Map<String, Object> claims = new HashMap<>();
    claims.put("client_id", client.id());
    claims.put("sub", subject);
    if (subject.equals(session.user().id())) {
      claims.put("username", session.user().username());
    }
    claims.put("scope", granted.scope().toString());
    claims.put("sid", session.id());
    claims.put("iat", session.usedAt().getEpochSecond());
    claims.put("exp", session.endsAt().getEpochSecond());
    return new Introspection(true, claims);
  }

  @Override
  public String toString() {
    return "Introspection[" + active + "]";
  }
}
