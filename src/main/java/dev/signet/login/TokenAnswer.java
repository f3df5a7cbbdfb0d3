package dev.signet.login;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A token and what a client needs to know of it (RFC 6749, section 5.1).
 *
 * @param expiresIn seconds
 * @param passwordChangeRequired present and true after a login with a one-time password
 */
record TokenAnswer(
    String accessToken,
    String tokenType,
    long expiresIn,
    @JsonInclude(JsonInclude.Include.NON_NULL) Boolean passwordChangeRequired) {

  @Override
  public String toString() {
    return "TokenAnswer[expiresIn=" + expiresIn + "]";
  }
}
