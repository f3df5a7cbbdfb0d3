package dev.signet.web;

import jakarta.json.JsonString;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Which session a caller's token belongs to, whoever checked it. */
public final class CallerSession {
  private CallerSession() {}

  /** The claim {@code sid}: a text, or JSON where a server checked the token. */
  public static Optional<String> of(JsonWebToken caller) {
    Object claim = caller.getClaim("sid");
    if (claim instanceof JsonString json) {
      return Optional.of(json.getString());
    }
    return claim instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
