package dev.signet.login;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** What somebody logs in with. */
record Credentials(
    @NotNull @Size(max = 256) String username, @NotNull @Size(max = 1024) String password) {

  @Override
  public String toString() {
    return "Credentials[username=" + username + "]";
  }
}
