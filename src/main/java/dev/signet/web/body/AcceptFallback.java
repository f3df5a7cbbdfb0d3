package dev.signet.web.body;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Serves a resource's default representation instead of 406 if it supports none of the requested
 * media types: RFC 9110, section 12.4.1, lets a server disregard {@code Accept}. Clients request
 * {@code application/jwt} or {@code text/html} where JSON is the only representation, and can read
 * it.
 */
@Provider
@PreMatching
public class AcceptFallback implements ContainerRequestFilter {
  /** Appended to the preferences of the client, with the lowest weight (section 12.4.2). */
  private static final String ANYTHING = "*/*;q=0.001";

  @Override
  public void filter(ContainerRequestContext request) {
    String accept = request.getHeaderString(HttpHeaders.ACCEPT);
    if (accept != null) {
      request
          .getHeaders()
          .putSingle(HttpHeaders.ACCEPT, accept.isBlank() ? ANYTHING : accept + ", " + ANYTHING);
    }
  }
}
