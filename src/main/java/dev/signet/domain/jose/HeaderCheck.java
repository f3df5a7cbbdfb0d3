package dev.signet.domain.jose;

import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;

/** Refuses a JWS header that is null instead of an object, on which the parser of Nimbus fails. */
final class HeaderCheck {
  private HeaderCheck() {}

  /** Whether a text, if it is JSON, is an object. */
  static boolean isObject(String json) {
    return json.startsWith("{");
  }

  /**
   * Returns a compact JWS for parsing.
   *
   * @throws ParseException if its header is not an object
   */
  static String checked(String jws) throws ParseException {
    String header = jws.substring(0, Math.max(0, jws.indexOf('.')));
    if (!isObject(new Base64URL(header).decodeToString())) {
      throw new ParseException("not a header", 0);
    }
    return jws;
  }
}
