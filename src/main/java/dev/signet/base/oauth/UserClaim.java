package dev.signet.base.oauth;

import java.util.Locale;

/** The claims about users (OIDC Core, section 5.1), each with its scope. */
public enum UserClaim {
  PREFERRED_USERNAME("profile"),
  UPDATED_AT("profile"),
  EMAIL("email"),
  EMAIL_VERIFIED("email"),
  GROUPS("groups");

  private final String scope;

  UserClaim(String scope) {
    this.scope = scope;
  }

  /** Its name. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name of the scope that it belongs to (OIDC Core, section 5.4). */
  public String scope() {
    return scope;
  }
}
