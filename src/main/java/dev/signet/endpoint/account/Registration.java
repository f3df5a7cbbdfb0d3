package dev.signet.endpoint.account;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** The request to register a user. */
record Registration(
    @NotNull @Size(min = 3, max = 256) String username,
    @NotNull @Size(min = 8, max = 1024) String password,
    @Size(max = 254) String email) {

  @Override
  public String toString() {
    return "Registration[username=" + username + "]";
  }
}
