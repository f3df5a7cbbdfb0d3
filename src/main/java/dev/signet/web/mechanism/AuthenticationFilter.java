package dev.signet.web.mechanism;

import dev.signet.domain.jose.InvalidToken;
import dev.signet.web.caller.CallerToken;
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
 * The authentication mechanism on Open Liberty, where a Jakarta Authentication module is six times
 * as slow. The filter wraps the request, and JAX-RS gets the caller from the wrapper.
 */
final class AuthenticationFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient BearerAuthentication bearer;
  private final transient EarlyAnswer answer;

  AuthenticationFilter(BearerAuthentication bearer, EarlyAnswer answer) {
    this.bearer = bearer;
    this.answer = answer;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<CallerToken> caller;
    try {
      caller = bearer.authenticate(request);
    } catch (InvalidToken e) {
      answer.refuse(e, request, response);
      return;
    } catch (RuntimeException e) {
      answer.refuse(e, request, response);
      return;
    }
    chain.doFilter(
        caller.isPresent() ? new AuthenticatedRequest(request, caller.get()) : request, response);
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
