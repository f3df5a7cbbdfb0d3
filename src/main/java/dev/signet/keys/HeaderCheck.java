package dev.signet.keys;

import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;

/** Refuses what the parser of Nimbus fails on: a header that is null in place of an object. */
final class HeaderCheck {
  private HeaderCheck() {}

  /** Whether JSON is an object, if it is JSON. */
  static boolean isObject(String json) {
    return json.startsWith("{");
  }

  /**
   * Returns a compact JWS, to be parsed.
   *
   * @throws ParseException if its header is no object
   */
  static String checked(String jws) throws ParseException {
    String header = jws.substring(0, Math.max(0, jws.indexOf('.')));
    if (!isObject(new Base64URL(header).decodeToString())) {
      throw new ParseException("not a header", 0);
    }
    return jws;
  }
}
