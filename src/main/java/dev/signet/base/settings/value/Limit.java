package dev.signet.base.settings.value;

import java.util.Locale;
import java.util.Optional;

/** The rate limits: each is a setting {@code signet.limit.<what>.<by>}. */
public enum Limit {
  LOGIN_SOURCE("300/PT1M"),
  /** Logins per username, whether it exists or not. A stranger can exhaust this limit. */
  LOGIN_ACCOUNT(Limit.OFF),
  REGISTER_SOURCE("100/PT10M"),
  REFRESH_SOURCE("600/PT1M"),
  REFRESH_ACCOUNT("60/PT1M"),
  /** All requests to the API, except health, per source. */
  API_SOURCE("60000/PT1M"),
  /** Requests to the API with a valid access token, per account. */
  API_ACCOUNT("60000/PT1M"),
  /** Token requests per source. */
  TOKEN_SOURCE("60000/PT1M"),
  /** Token requests per authenticated client. */
  TOKEN_CLIENT("30000/PT1M"),
  /**
   * Requests of browsers at the authorization endpoint, decisions of users, and new device
   * authorizations, per source.
   */
  AUTHORIZE_SOURCE("600/PT1M"),
  /** Introspection and revocation requests per source. */
  INTROSPECT_SOURCE("60000/PT1M"),
  /** Introspection and revocation requests per authenticated client. */
  INTROSPECT_CLIENT("60000/PT1M"),
  /** Userinfo requests per source. */
  USERINFO_SOURCE("60000/PT1M");

  /** The value that turns a limit off. */
  public static final String OFF = "off";

  private final String byDefault;

  Limit(String byDefault) {
    this.byDefault = byDefault;
  }

  public Optional<Rate> byDefault() {
    return rate(byDefault);
  }

  public static Optional<Rate> rate(String text) {
    return OFF.equals(text) ? Optional.empty() : Optional.of(Rate.parse(text));
  }

  public String key() {
    return "signet.limit." + name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** Returns the name in headers and records: lower case, with hyphens. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
