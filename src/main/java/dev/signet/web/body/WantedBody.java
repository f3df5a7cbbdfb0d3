package dev.signet.web.body;

import dev.signet.base.route.Route;
import dev.signet.web.route.CurrentRoute;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/**
 * Describes the media type that a path accepts, for responses with 415 (RFC 9110, section 15.5.16;
 * for PATCH, RFC 5789, section 2.2).
 *
 * @param words a sentence for the developer
 * @param headers of the response
 */
public record WantedBody(String words, Map<String, String> headers) {
  private static final String PATCHES = JsonReader.MERGE_PATCH + ", " + MediaType.APPLICATION_JSON;

  /**
   * Returns the accepted body for the path of a request.
   *
   * @param thrown the refusal, which has {@code Accept-Encoding} if the content coding is not
   *     supported
   */
  public static WantedBody of(Response thrown, HttpServletRequest request) {
    String coding = thrown.getHeaderString(HttpHeaders.ACCEPT_ENCODING);
    if (coding != null) {
      return new WantedBody(
          "Send the body without compression.", Map.of(HttpHeaders.ACCEPT_ENCODING, coding));
    }
    if (HttpMethod.PATCH.equals(request.getMethod())) {
      return new WantedBody(
          "Send " + MediaType.APPLICATION_JSON + " or " + JsonReader.MERGE_PATCH + ".",
          Map.of(HttpHeaders.ACCEPT, PATCHES, "Accept-Patch", PATCHES));
    }
    String type =
        CurrentRoute.of(request).body() == Route.Body.FORM
            ? MediaType.APPLICATION_FORM_URLENCODED
            : MediaType.APPLICATION_JSON;
    return new WantedBody("Send " + type + ".", Map.of(HttpHeaders.ACCEPT, type));
  }
}
