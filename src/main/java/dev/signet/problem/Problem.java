package dev.signet.problem;

import java.util.Locale;

/**
 * The problem types of the API (RFC 9457, section 3.1.1), each with its HTTP status code and title.
 */
public enum Problem {
  INVALID_INPUT(400, "The input is not valid"),
  MALFORMED_JSON(400, "The body is not valid JSON"),
  WEAK_PASSWORD(400, "The password is too easy to guess"),
  INVALID_CREDENTIALS(401, "The username or password is wrong"),
  INVALID_TOKEN(401, "A valid access token is needed"),
  STALE_LOGIN(401, "A more recent login is needed"),
  INVALID_REFRESH_TOKEN(401, "The refresh token is not valid"),
  FORBIDDEN(403, "Not allowed"),
  INSUFFICIENT_SCOPE(403, "The token is for something else"),
  CSRF(403, "The request may come from another site"),
  NOT_FOUND(404, "Not found"),
  INCOMPLETE_BODY(408, "The body did not arrive"),
  NAME_TAKEN(409, "The name is taken"),
  LAST_ADMINISTRATOR(409, "The last administrator stays"),
  ROTATION_REFUSED(409, "No new key can be made now"),
  BLOCK_REFUSED(409, "This cannot be blocked"),
  TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
  RATE_LIMITED(429, "Too many requests"),
  BLOCKED(429, "Too many attempts have failed"),
  INTERNAL_ERROR(500, "Something went wrong"),
  OVERLOADED(503, "Too much to do at the moment"),
  UNAVAILABLE(503, "The database does not answer");

  private final int status;
  private final String title;

  Problem(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The name in URLs: lower case, with hyphens. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
