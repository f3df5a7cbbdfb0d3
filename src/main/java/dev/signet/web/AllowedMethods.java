package dev.signet.web;

import dev.signet.web.route.CurrentRoute;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The header {@code Allow} of a refusal (RFC 9110, section 15.5.6), the same on all servers: some
 * leave HEAD out, which they take wherever they take GET, or name it where Signet refuses it.
 */
final class AllowedMethods {
  private AllowedMethods() {}

  /** Returns the methods that the address of a request takes, if JAX-RS has named them. */
  static Optional<String> of(Response thrown, HttpServletRequest request) {
    String allow = thrown.getHeaderString(HttpHeaders.ALLOW);
    if (allow == null) {
      return Optional.empty();
    }
    Set<String> methods =
        Arrays.stream(allow.split(",", -1))
            .map(String::strip)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!CurrentRoute.of(request).safeGet()) {
      methods.remove(HttpMethod.HEAD);
    } else if (methods.contains(HttpMethod.GET)) {
      methods.add(HttpMethod.HEAD);
    }
    return Optional.of(String.join(", ", methods));
  }
}
