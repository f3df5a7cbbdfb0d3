package dev.signet.web.caller;

import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The session of a caller's token, whether Signet or the server verified the token. */
public final class CallerSession {
  private CallerSession() {}

  /** The claim {@code sid}. */
  public static Optional<String> of(JsonWebToken caller) {
    return TextClaim.of(caller, "sid");
  }
}
