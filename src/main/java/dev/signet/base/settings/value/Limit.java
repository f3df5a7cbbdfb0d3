package dev.signet.base.settings.value;

import java.util.Locale;
import java.util.Optional;

/** What is counted, and by what: each is a setting {@code signet.limit.<what>.<by>}. */
public enum Limit {
  LOGIN_SOURCE("300/PT1M"),
  /** By the name that is tried, whether it is anybody's or not. A stranger can use it up. */
  LOGIN_ACCOUNT(Limit.OFF),
  REGISTER_SOURCE("100/PT10M"),
  REFRESH_SOURCE("600/PT1M"),
  REFRESH_ACCOUNT("60/PT1M"),
  /** Every request to the API, but for health. */
  API_SOURCE("60000/PT1M"),
  /** The same, as far as they come with a valid access token. */
  API_ACCOUNT("60000/PT1M"),
  /** Requests to the token endpoint. */
  TOKEN_SOURCE("60000/PT1M"),
  /** The same, by the client that has shown who it is. */
  TOKEN_CLIENT("30000/PT1M"),
  /**
   * Browsers at the authorization endpoint, decisions of the people in front of them, and devices
   * that begin to wait for one.
   */
  AUTHORIZE_SOURCE("600/PT1M"),
  /** Questions about tokens, and revocations. */
  INTROSPECT_SOURCE("60000/PT1M"),
  /** The same, by the client that has shown who it is. */
  INTROSPECT_CLIENT("60000/PT1M"),
  /** Questions of clients about their users. */
  USERINFO_SOURCE("60000/PT1M");

  /** What turns one off. */
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

  /** Its name in headers and records: lower case, with hyphens. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
