package dev.signet.domain.jose;

import dev.signet.base.settings.TokenSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The claims of an access token, as MicroProfile JWT 2.1 and RFC 9068, section 2.2, name them.
 * Times have whole seconds.
 *
 * @param type the {@code typ} header, not a claim
 * @param issuer {@code iss}
 * @param subject {@code sub}, the opaque identifier of the user, or of the client that acts for
 *     itself
 * @param name {@code upn}, the username as its owner typed it; absent for a client
 * @param groups {@code groups}
 * @param id {@code jti}, unique
 * @param issuedAt {@code iat}
 * @param expiresAt {@code exp}
 * @param audience {@code aud}
 * @param clientId {@code client_id}
 * @param scope {@code scope}, separated by spaces
 * @param authenticatedAt {@code auth_time}, of a user
 * @param session {@code sid}, the session of the token
 * @param csrf {@code csrf}, the value that a browser repeats in a header if the token is in a
 *     cookie
 * @param further claims of only some tokens, and those of the application
 */
public record Claims(
    TokenSettings.Type type,
    String issuer,
    String subject,
    Optional<String> name,
    List<String> groups,
    String id,
    Instant issuedAt,
    Instant expiresAt,
    List<String> audience,
    String clientId,
    String scope,
    Optional<Instant> authenticatedAt,
    Optional<String> session,
    Optional<String> csrf,
    Map<String, Object> further) {

  public Claims {
    groups = List.copyOf(groups);
    audience = List.copyOf(audience);
    further = Map.copyOf(further);
  }

  @Override
  public String toString() {
    return "Claims[jti=" + id + "]";
  }
}
