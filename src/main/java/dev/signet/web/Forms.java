package dev.signet.web;

import dev.signet.oauth.OAuthError;
import dev.signet.oauth.OAuthException;
import dev.signet.problem.Refusal;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads the bodies of OAuth requests. Parameters in the query, where logs keep them, are refused.
 */
@Shared
public class Forms {
  private final Uploads uploads;

  @Inject
  Forms(Uploads uploads) {
    this.uploads = uploads;
  }

  /**
   * Reads a request that JAX-RS has not seen; one without a body is an empty form.
   *
   * @throws OAuthException {@link OAuthError#INVALID_REQUEST}, also if a parameter comes twice
   * @throws NotSupportedException if it is no form, or compressed
   * @throws Refusal if it is too long or does not come completely
   */
  public Form read(HttpServletRequest request) throws IOException {
    CodedBodies.check(request.getHeader(HttpHeaders.CONTENT_ENCODING));
    String type = request.getContentType();
    if (type != null && !isForm(type)) {
      throw new NotSupportedException();
    }
    String text = text(request, request.getInputStream());
    if (type == null && !text.isEmpty()) {
      throw new NotSupportedException();
    }
    return Form.parse(text);
  }

  private static boolean isForm(String type) {
    return type.split(";", 2)[0].strip().equalsIgnoreCase(MediaType.APPLICATION_FORM_URLENCODED);
  }

  /** Reads the body of a request, which may have parameters there only. */
  String text(HttpServletRequest request, InputStream body) {
    if (request.getQueryString() != null) {
      throw new OAuthException(
          OAuthError.INVALID_REQUEST,
          "Send parameters in the request body, not in the query string.");
    }
    return new String(
        uploads.read(request.getHeader(HttpHeaders.CONTENT_LENGTH), body), StandardCharsets.UTF_8);
  }
}
