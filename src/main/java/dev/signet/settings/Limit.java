package dev.signet.settings;

import java.util.Locale;

/** What is counted, and by what: each is a setting {@code signet.limit.<what>.<by>}. */
public enum Limit {
  LOGIN_SOURCE("300/PT1M"),
  /** By the name that is tried, whether it is anybody's or not. */
  LOGIN_ACCOUNT("60/PT1M"),
  REGISTER_SOURCE("100/PT10M"),
  REFRESH_SOURCE("600/PT1M"),
  REFRESH_ACCOUNT("60/PT1M"),
  /** Every request to the API, but for health. */
  API_SOURCE("6000/PT1M"),
  /** The same, as far as they come with a valid access token. */
  API_ACCOUNT("3000/PT1M");

  private final String byDefault;

  Limit(String byDefault) {
    this.byDefault = byDefault;
  }

  Rate byDefault() {
    return Rate.parse(byDefault);
  }

  String key() {
    return "signet.limit." + name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** Its name in headers and records: lower case, with hyphens. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
