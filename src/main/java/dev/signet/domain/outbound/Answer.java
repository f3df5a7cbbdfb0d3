package dev.signet.domain.outbound;

import java.util.Map;
import java.util.Optional;

/**
 * What came back.
 *
 * @param status of HTTP; a redirect is not followed
 * @param body of at most 64 KB, as UTF-8
 * @param headers by their names in lower case
 */
public record Answer(int status, String body, Map<String, String> headers) {
  public Answer {
    headers = Map.copyOf(headers);
  }

  /** The value of a header by its name in lower case; several are joined by commas. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public String toString() {
    return "Answer[" + status + ", " + body.length() + " characters]";
  }
}
