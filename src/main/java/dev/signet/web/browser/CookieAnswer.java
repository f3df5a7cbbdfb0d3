package dev.signet.web.browser;

import dev.signet.domain.jose.VerifiedToken;
import dev.signet.web.caller.CallerToken;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;

/**
 * Renews the access token cookie in successful responses to callers that were authenticated by
 * cookie.
 */
@Provider
public class CookieAnswer implements ContainerResponseFilter {
  @Inject private CookieRenewal renewal;
  @Inject private SessionCookies cookies;
  @Inject private HttpServletRequest request;

  @Override
  public void filter(ContainerRequestContext context, ContainerResponseContext response) {
    Optional<VerifiedToken> token = CallerToken.cookie(request);
    if (token.isPresent() && response.getStatus() < 400) {
      renewal.of(token.get()).ifPresent(cookie -> response.getHeaders().add("Set-Cookie", cookie));
      token
          .get()
          .csrf()
          .filter(csrf -> cookies.isUnreadableFor(request))
          .ifPresent(csrf -> response.getHeaders().putSingle(CsrfDefence.HEADER, csrf));
    }
  }
}
