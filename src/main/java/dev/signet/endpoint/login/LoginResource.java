package dev.signet.endpoint.login;

import dev.signet.base.origin.Origin;
import dev.signet.base.origin.Source;
import dev.signet.base.settings.value.Limit;
import dev.signet.domain.credential.Authenticator;
import dev.signet.domain.session.Login;
import dev.signet.domain.token.TokenIssuer;
import dev.signet.domain.token.TokenPair;
import dev.signet.domain.user.User;
import dev.signet.domain.user.Username;
import dev.signet.web.browser.CsrfDefence;
import dev.signet.web.browser.SessionCookies;
import dev.signet.web.limit.Limited;
import dev.signet.web.limit.Limiter;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Logs users in. */
@Path("login")
@Tag(name = "Login")
@ApplicationScoped
public class LoginResource {
  @Inject private Authenticator authenticator;
  @EJB private TokenIssuer issuer;
  @Inject private SessionCookies cookies;
  @Inject private CsrfDefence csrf;
  @Inject private Limiter limiter;

  /** Exchanges a username and password for tokens. */
  @POST
  @Limited(Limit.LOGIN_SOURCE)
  @Operation(
      summary = "Log in",
      description = "With the delivery cookie, the tokens are in cookies and not in the answer.")
  @APIResponse(
      responseCode = "200",
      description = "An access token and a refresh token",
      content = @Content(schema = @Schema(implementation = TokenAnswer.class)))
  @APIResponse(responseCode = "401", description = "The username or the password is incorrect")
  @APIResponse(
      responseCode = "429",
      description = "Too many requests, or too many attempts from this source have failed")
  @APIResponse(responseCode = "503", description = "Too many logins are being processed")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Response login(Credentials credentials, @Context HttpServletRequest request) {
    if (credentials.wantCookies()) {
      cookies.refuseIfUnread();
      csrf.checkOrigin(request);
    }
    limiter.check(request, Limit.LOGIN_ACCOUNT, Username.digest(credentials.username()));
    User user = authenticator.authenticate(credentials.username(), credentials.password());
    Login login =
        new Login(
            user,
            Origin.current().source().map(Source::key).orElse(""),
            request.getHeader(HttpHeaders.USER_AGENT),
            Optional.ofNullable(credentials.label()).filter(label -> !label.isBlank()),
            credentials.wantCookies());
    TokenPair tokens = issuer.open(login);
    return credentials.wantCookies()
        ? cookies.set(Response.ok(TokenAnswer.withoutTokens(tokens)), tokens, request).build()
        : Response.ok(TokenAnswer.of(tokens)).build();
  }
}
