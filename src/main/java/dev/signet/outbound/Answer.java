package dev.signet.outbound;

/**
 * What came back.
 *
 * @param status of HTTP; a redirect is not followed
 * @param body of at most 64 KB, as UTF-8
 */
public record Answer(int status, String body) {
  @Override
  public String toString() {
    return "Answer[" + status + ", " + body.length() + " characters]";
  }
}
