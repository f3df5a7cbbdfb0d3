package dev.signet.endpoint.admin;

import dev.signet.web.body.Strict;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * A request to revoke a token or a session, with exactly one of these members.
 *
 * @param jti an access token, by its identifier
 * @param sid a session, by its identifier, with all its tokens
 * @param token an access token itself
 */
@Strict
record TokenRevocation(
    @Pattern(regexp = "[0-9a-f-]{36}") String jti,
    @Pattern(regexp = "[0-9a-f-]{36}") String sid,
    @Size(max = 16_384) String token) {

  @Override
  public String toString() {
    return "TokenRevocation[jti=" + jti + ", sid=" + sid + "]";
  }
}
