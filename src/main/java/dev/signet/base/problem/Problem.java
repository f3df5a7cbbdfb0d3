package dev.signet.base.problem;

import java.util.Locale;

/**
 * The problem types of the API (RFC 9457, section 3.1.1), each with its HTTP status code and title.
 */
public enum Problem {
  INVALID_INPUT(400, "The input is not valid"),
  MALFORMED_JSON(400, "The body is not valid JSON"),
  WEAK_PASSWORD(400, "The password is too easy to guess"),
  INVALID_CREDENTIALS(401, "The username or password is incorrect"),
  INVALID_TOKEN(401, "A valid access token is required"),
  STALE_LOGIN(401, "A more recent login is required"),
  INVALID_REFRESH_TOKEN(401, "The refresh token is not valid"),
  FORBIDDEN(403, "Not allowed"),
  INSUFFICIENT_SCOPE(403, "The access token lacks the required scope"),
  CSRF(403, "The request may come from another site"),
  NOT_FOUND(404, "Not found"),
  INCOMPLETE_BODY(408, "The body is incomplete"),
  NAME_TAKEN(409, "The name is taken"),
  LAST_ADMINISTRATOR(409, "The last administrator cannot be removed"),
  ROTATION_REFUSED(409, "No new key can be created now"),
  BLOCK_REFUSED(409, "This source cannot be blocked"),
  TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
  RATE_LIMITED(429, "Too many requests"),
  BLOCKED(429, "Too many failed attempts"),
  INTERNAL_ERROR(500, "Something went wrong"),
  OVERLOADED(503, "The server is overloaded"),
  UNAVAILABLE(503, "The database is unavailable");

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
