package dev.signet.web.browser;

import dev.signet.base.settings.Settings;
import dev.signet.base.wiring.TestWiring;
import dev.signet.domain.keys.FormTokens;
import dev.signet.domain.keys.TestKeys;
import dev.signet.web.mechanism.TestTokens;

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
