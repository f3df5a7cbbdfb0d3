package dev.signet.domain.outbound;

import java.util.Map;
import java.util.Optional;

/**
 * The response to a request of Signet.
 *
 * @param status the HTTP status; redirects are not followed
 * @param body at most 64 KB, as UTF-8
 * @param headers by their names in lower case
 */
public record Answer(int status, String body, Map<String, String> headers) {
  public Answer {
    headers = Map.copyOf(headers);
  }

  /**
   * Returns the value of a header by its name in lower case; several values are joined with commas.
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public String toString() {
    return "Answer[" + status + ", " + body.length() + " characters]";
  }
}
