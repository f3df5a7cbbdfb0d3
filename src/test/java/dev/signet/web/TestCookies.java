package dev.signet.web;

import dev.signet.keys.FormTokens;
import dev.signet.keys.TestKeys;
import dev.signet.settings.Settings;
import dev.signet.wiring.TestWiring;

/** The browser's cookie, for tests of the pages. */
public final class TestCookies {
  private TestCookies() {}

  public static BrowserCookie browser(Settings settings) {
    return new BrowserCookie(
        settings.cookies(),
        settings.session(),
        TestWiring.make(CsrfDefence.class, TestTokens.ORIGINS),
        TestWiring.make(FormTokens.class, TestKeys.keys()));
  }
}
