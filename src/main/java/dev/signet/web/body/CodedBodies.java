package dev.signet.web.body;

import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/**
 * Refuses compressed bodies with 415 and the header {@code Accept-Encoding} (RFC 9110, sections
 * 12.5.3 and 15.5.16). Signet does not decompress bodies, because a few bytes could expand to
 * gigabytes.
 */
@Provider
@PreMatching
public class CodedBodies implements ContainerRequestFilter {
  private static final String IDENTITY = "identity";

  @Override
  public void filter(ContainerRequestContext request) {
    check(request.getHeaderString(HttpHeaders.CONTENT_ENCODING));
  }

  /**
   * Checks the header {@code Content-Encoding}.
   *
   * @param coding its value; null if it is absent
   * @throws NotSupportedException for any coding but {@code identity}
   */
  public static void check(String coding) {
    if (coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase(IDENTITY)) {
      throw new NotSupportedException(
          Response.status(Response.Status.UNSUPPORTED_MEDIA_TYPE)
              .header(HttpHeaders.ACCEPT_ENCODING, IDENTITY)
              .build());
    }
  }
}
