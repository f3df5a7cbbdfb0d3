package dev.signet.web.route;

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
 * The header {@code Allow} of a 405 response (RFC 9110, section 15.5.6), identical on all servers.
 * Some servers omit HEAD although they accept it wherever they accept GET, or list it where Signet
 * refuses it.
 */
public final class AllowedMethods {
  private AllowedMethods() {}

  /** Returns the methods that are allowed at the path of a request, if JAX-RS has listed them. */
  public static Optional<String> of(Response thrown, HttpServletRequest request) {
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
