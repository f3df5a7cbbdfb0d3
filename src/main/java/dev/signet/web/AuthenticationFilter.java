package dev.signet.web;

import dev.signet.keys.InvalidToken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;

/**
 * The authentication mechanism on Open Liberty, where a module of Jakarta Authentication costs six
 * times as much: it wraps the request, and JAX-RS asks the wrapper.
 */
final class AuthenticationFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient BearerAuthentication bearer;
  private final transient Problems problems;

  AuthenticationFilter(BearerAuthentication bearer, Problems problems) {
    this.bearer = bearer;
    this.problems = problems;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      Optional<CallerToken> caller = bearer.authenticate(request);
      chain.doFilter(
          caller.isPresent() ? new AuthenticatedRequest(request, caller.get()) : request, response);
    } catch (InvalidToken e) {
      SecurityHeaders.set(request, response);
      problems.of(e).writeTo(response);
    }
  }

  private static final class AuthenticatedRequest extends HttpServletRequestWrapper {
    private final CallerToken caller;

    AuthenticatedRequest(HttpServletRequest request, CallerToken caller) {
      super(request);
      this.caller = caller;
    }

    @Override
    public Principal getUserPrincipal() {
      return caller;
    }

    @Override
    public String getRemoteUser() {
      return caller.getName();
    }

    @Override
    public boolean isUserInRole(String role) {
      return caller.getGroups().contains(role);
    }

    @Override
    public String getAuthType() {
      return "MP-JWT";
    }
  }
}
