package dev.signet.web.page;

import dev.signet.base.settings.BrandSettings;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * What all pages have in common.
 *
 * @param locale one that there are texts for
 * @param base the path that Signet is at; empty at the root
 */
public record Frame(Locale locale, BrandSettings brand, String base) {
  private static final String TEXTS = "dev.signet.web.page.texts";

  /** Each language has its own bundle, and none is asked for another's texts. */
  private static final ResourceBundle.Control EXACT =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  /** The value of the attribute {@code lang}. */
  public String lang() {
    return locale.getLanguage();
  }

  /** An address that the operator's logo is at. */
  public Optional<String> logo() {
    return brand.logo();
  }

  /**
   * A text in the language of the page.
   *
   * @param arguments shown where it has {@code {0}} and so on
   * @throws MissingResourceException if there is none
   */
  public String text(String key, Object... arguments) {
    return new MessageFormat(texts().getString(key), locale).format(arguments);
  }

  /** Whether there is such a text. */
  boolean hasText(String key) {
    return texts().containsKey(key);
  }

  /** What a scope means, in the operator's words if there are some; else its name. */
  public String scope(String name) {
    String configured =
        Locale.GERMAN.getLanguage().equals(lang())
            ? brand.scopesGerman().getOrDefault(name, brand.scopes().get(name))
            : brand.scopes().get(name);
    if (configured != null) {
      return configured;
    }
    return hasText("scope." + name) ? text("scope." + name) : name;
  }

  private ResourceBundle texts() {
    return ResourceBundle.getBundle(TEXTS, locale, Frame.class.getClassLoader(), EXACT);
  }
}
