package dev.signet.web.page;

import dev.signet.base.settings.BrandSettings;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The operator's colors as a separate stylesheet, because the content security policy of the pages
 * does not permit inline styles.
 */
@WebServlet(urlPatterns = "/brand.css")
public class BrandStyle extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient BrandSettings brand;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] style = style(brand).getBytes(StandardCharsets.US_ASCII);
    response.setContentType("text/css;charset=UTF-8");
    response.setHeader("Cache-Control", "public, max-age=300");
    response.setContentLength(style.length);
    response.getOutputStream().write(style);
  }

  static String style(BrandSettings brand) {
    return brand.color().map(color -> ":root { " + variables(color) + " }\n").orElse("")
        + brand
            .colorDark()
            .map(
                color ->
                    "@media (prefers-color-scheme: dark) { :root { " + variables(color) + " } }\n")
            .orElse("");
  }

  private static String variables(String color) {
    return "--seal: " + color + "; --on-seal: " + (isLight(color) ? "#000000" : "#ffffff") + ";";
  }

  /**
   * Whether black text has a higher contrast on the color than white text; one of them has at least
   * 4.5.
   */
  static boolean isLight(String color) {
    return luminance(color) > 0.179;
  }

  /** WCAG 2.2, relative luminance. */
  static double luminance(String color) {
    int rgb = Integer.parseInt(color.substring(1), 16);
    return 0.2126 * linear(rgb >> 16 & 0xff)
        + 0.7152 * linear(rgb >> 8 & 0xff)
        + 0.0722 * linear(rgb & 0xff);
  }

  private static double linear(int channel) {
    double part = channel / 255.0;
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }
}
