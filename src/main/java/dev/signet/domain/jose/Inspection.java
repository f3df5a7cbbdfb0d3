package dev.signet.domain.jose;

import java.util.Map;
import java.util.Optional;

/**
 * The explanation of a token. Do not trust its content unless it is valid.
 *
 * @param reason why it is not valid
 * @param header the header, as far as it is readable
 * @param claims the claims, as far as they are readable
 */
public record Inspection(
    boolean valid,
    Optional<InvalidToken.Reason> reason,
    Map<String, Object> header,
    Map<String, Object> claims) {

  @Override
  public String toString() {
    return "Inspection[valid=" + valid + ", reason=" + reason + "]";
  }
}
