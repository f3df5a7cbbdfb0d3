package dev.signet.endpoint.login;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * The request to log in.
 *
 * @param label the user's name for the device, shown in the list of sessions
 * @param delivery {@code token} for tokens in the body, which is the default, or {@code cookie}
 */
record Credentials(
    @NotNull @Size(max = 256) String username,
    @NotNull @Size(max = 1024) String password,
    @Size(max = 64) @Pattern(regexp = "[^\\p{Cntrl}\\p{Cs}]*") String label,
    @Pattern(regexp = "token|cookie") String delivery) {

  boolean wantCookies() {
    return "cookie".equals(delivery);
  }

  @Override
  public String toString() {
    return "Credentials[username=" + username + "]";
  }
}
