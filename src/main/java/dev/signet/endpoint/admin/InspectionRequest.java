package dev.signet.endpoint.admin;

import jakarta.validation.constraints.NotNull;

/** An access token to explain. */
record InspectionRequest(@NotNull String token) {
  @Override
  public String toString() {
    return "InspectionRequest[]";
  }
}
