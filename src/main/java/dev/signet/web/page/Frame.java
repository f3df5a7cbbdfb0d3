package dev.signet.web.page;

import dev.signet.base.settings.BrandSettings;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * The common properties of all pages.
 *
 * @param locale a supported locale
 * @param base the path of Signet; empty at the root
 */
public record Frame(Locale locale, BrandSettings brand, String base) {
  private static final String TEXTS = "dev.signet.web.page.texts";

  /** Prevents fallbacks between the bundles of the languages. */
  private static final ResourceBundle.Control EXACT =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  /** Returns the value of the attribute {@code lang}. */
  public String lang() {
    return locale.getLanguage();
  }

  /** Returns the URL of the operator's logo. */
  public Optional<String> logo() {
    return brand.logo();
  }

  /**
   * Returns a text in the language of the page.
   *
   * @param arguments the values of the placeholders {@code {0}} and so on
   * @throws MissingResourceException if there is no such text
   */
  public String text(String key, Object... arguments) {
    return new MessageFormat(texts().getString(key), locale).format(arguments);
  }

  /** Whether there is such a text. */
  boolean hasText(String key) {
    return texts().containsKey(key);
  }

  /** Returns the description of a scope: the operator's if there is one, or else its name. */
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
