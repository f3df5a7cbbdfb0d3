package dev.signet.token;

import java.util.List;
import java.util.Optional;

/**
 * An authorization code, and what comes with it (RFC 6749, section 4.1.3; RFC 7636, section 4.5).
 *
 * @param audience asked for, if not all that was granted (RFC 8707, section 2.2)
 * @param dpopKey the thumbprint of the key that the request shows (RFC 9449)
 */
public record PresentedCode(
    String code,
    Optional<String> redirectUri,
    Optional<String> codeVerifier,
    List<String> audience,
    Optional<String> dpopKey) {

  @Override
  public String toString() {
    return "PresentedCode[]";
  }
}
