package dev.signet.web.body;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.problem.Refusal;
import dev.signet.base.wiring.Shared;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads the bodies of OAuth requests. Parameters in the query string are refused, because URLs end
 * up in logs.
 */
@Shared
public class Forms {
  private final Uploads uploads;

  @Inject
  Forms(Uploads uploads) {
    this.uploads = uploads;
  }

  /**
   * Reads a request that does not go through JAX-RS. A request without a body is an empty form.
   *
   * @throws OAuthException {@link OAuthError#INVALID_REQUEST}, also for a repeated parameter
   * @throws NotSupportedException if the body is not a form, or is compressed
   * @throws Refusal if the body is too long or incomplete
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

  /** Reads the body of a request, and refuses parameters in the query string. */
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
