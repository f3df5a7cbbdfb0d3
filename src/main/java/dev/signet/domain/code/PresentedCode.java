package dev.signet.domain.code;

import java.util.List;
import java.util.Optional;

/**
 * A request to redeem an authorization code (RFC 6749, section 4.1.3; RFC 7636, section 4.5).
 *
 * @param audience the requested resource servers, if not all that were granted (RFC 8707, section
 *     2.2)
 * @param dpopKey the thumbprint of the key of the DPoP proof (RFC 9449)
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
