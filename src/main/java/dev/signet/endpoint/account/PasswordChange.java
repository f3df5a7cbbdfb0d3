package dev.signet.endpoint.account;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** A user's old and new password. */
record PasswordChange(
    @NotNull @Size(max = 1024) String oldPassword,
    @NotNull @Size(min = 8, max = 1024) String newPassword) {

  @Override
  public String toString() {
    return "PasswordChange[]";
  }
}
