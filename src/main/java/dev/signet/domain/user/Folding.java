package dev.signet.domain.user;

import java.text.Normalizer;
import java.util.Locale;

/** Normalizes names that look alike to the same form: NFKC (UAX #15), then case folding. */
public final class Folding {
  private Folding() {}

  public static String key(String text) {
    // Lower, upper, then lower case is close to full case folding: it also unites ß and ẞ with ss,
    // and ſ with s. The position of a sigma must not affect the result.
    String folded =
        nfkc(text)
            .toLowerCase(Locale.ROOT)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT)
            .replace('ς', 'σ');
    return nfkc(folded);
  }

  static String nfkc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  public static String nfc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }
}
