package dev.signet.web.caller;

import jakarta.json.JsonString;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Reads string claims of a caller's token, which are JSON values if the server verified the token.
 */
public final class TextClaim {
  private TextClaim() {}

  public static Optional<String> of(JsonWebToken caller, String name) {
    Object claim = caller.getClaim(name);
    if (claim instanceof JsonString json) {
      return Optional.of(json.getString());
    }
    return claim instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
