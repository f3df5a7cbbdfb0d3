package dev.signet.web;

import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Which session a caller's token belongs to, whoever checked it. */
public final class CallerSession {
  private CallerSession() {}

  /** The claim {@code sid}. */
  public static Optional<String> of(JsonWebToken caller) {
    return TextClaim.of(caller, "sid");
  }
}
