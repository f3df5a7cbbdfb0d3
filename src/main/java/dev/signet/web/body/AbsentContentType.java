package dev.signet.web.body;

import dev.signet.base.route.Route;
import dev.signet.web.route.CurrentRoute;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.InputStream;
import java.util.Set;

/**
 * Treats a request without {@code Content-Type}, which must have no body (RFC 9110, section 8.3),
 * as a request with an empty body of the usual type. Otherwise JAX-RS would call no reader and pass
 * null, or refuse a request that needs no body.
 */
@Provider
@PreMatching
public class AbsentContentType implements ContainerRequestFilter {
  private static final Set<String> WITH_BODIES =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  @Inject private Uploads uploads;
  // Injected by CDI: with one server, @Context may fail if the request is wrapped.
  @Inject private HttpServletRequest http;

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getHeaderString(HttpHeaders.CONTENT_TYPE) != null
        || !WITH_BODIES.contains(request.getMethod())) {
      return;
    }
    // A body may have no Content-Length, so only reading shows whether there is one.
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    if (uploads.read(length, request.getEntityStream()).length > 0) {
      throw new NotSupportedException();
    }
    request.setEntityStream(InputStream.nullInputStream());
    request
        .getHeaders()
        .putSingle(
            HttpHeaders.CONTENT_TYPE,
            CurrentRoute.of(http).body() == Route.Body.FORM
                ? MediaType.APPLICATION_FORM_URLENCODED
                : MediaType.APPLICATION_JSON);
  }
}
