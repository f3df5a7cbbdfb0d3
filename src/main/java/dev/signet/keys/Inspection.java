package dev.signet.keys;

import java.util.Map;
import java.util.Optional;

/**
 * A token, taken apart and explained. What it says is not to be trusted unless it is valid.
 *
 * @param reason why it is not valid
 * @param header what the header says, as far as it can be read
 * @param claims what the claims say, as far as they can be read
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
