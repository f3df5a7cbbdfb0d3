package dev.signet.web.page;

import dev.signet.base.settings.BrandSettings;
import dev.signet.base.settings.Settings;
import dev.signet.base.wiring.Shared;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Creates pages in the language of the user, and responses with them. */
@Shared
public class Pages {
  /** The supported languages; the first one is the default. */
  static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

  /** The media type of all pages. */
  public static final String MEDIA_TYPE = "text/html;charset=UTF-8";

  private static final int LONGEST_PREFERENCE = 200;

  private final BrandSettings brand;
  private final String base;

  @Inject
  Pages(BrandSettings brand, Settings settings) {
    this.brand = brand;
    base = Objects.requireNonNullElse(settings.issuer().getRawPath(), "");
  }

  /**
   * Returns the common properties of a page.
   *
   * @param uiLocales languages separated by spaces, best first (OIDC Core, section 3.1.2.1), also
   *     as Java and POSIX write them ({@code de_DE}); the browser's languages follow
   */
  public Frame frame(HttpServletRequest request, Optional<String> uiLocales) {
    Locale locale =
        uiLocales
            .map(list -> list.strip().replaceAll(" +", ",").replace('_', '-'))
            .flatMap(Pages::best)
            .or(
                () ->
                    Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE))
                        .flatMap(Pages::best))
            .orElse(LANGUAGES.get(0));
    return new Frame(locale, brand, base);
  }

  /** Returns the response with a page. */
  public Response.ResponseBuilder answer(int status, Page page) {
    return Response.status(status)
        .type(MEDIA_TYPE)
        .header(HttpHeaders.CONTENT_LANGUAGE, page.frame().lang())
        .entity(page.html().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Redirects with 303, after which browsers do not send a posted password to the client (RFC 9700,
   * section 4.12).
   */
  public static Response.ResponseBuilder redirect(String address) {
    return Response.status(Response.Status.SEE_OTHER).header(HttpHeaders.LOCATION, address);
  }

  private static Optional<Locale> best(String preference) {
    if (preference.length() > LONGEST_PREFERENCE) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(Locale.lookup(Locale.LanguageRange.parse(preference), LANGUAGES));
    } catch (IllegalArgumentException
        | IndexOutOfBoundsException e) { // The latter is thrown for "-".
      return Optional.empty();
    }
  }
}
