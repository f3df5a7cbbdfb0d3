package dev.signet.web.mechanism;

import dev.signet.domain.jose.InvalidToken;
import dev.signet.web.caller.CallerToken;
import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.MessagePolicy;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.GroupPrincipalCallback;
import jakarta.security.auth.message.module.ServerAuthModule;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;

/**
 * The authentication mechanism on Payara and WildFly (Jakarta Authentication 3.0, servlet profile).
 * It refuses an invalid token before the resource method runs, even if the resource requires no
 * token.
 */
final class AuthenticationModule implements ServerAuthModule {
  private final BearerAuthentication bearer;
  private final EarlyAnswer answer;
  private CallbackHandler handler;

  AuthenticationModule(BearerAuthentication bearer, EarlyAnswer answer) {
    this.bearer = bearer;
    this.answer = answer;
  }

  @Override
  public void initialize(
      MessagePolicy requestPolicy,
      MessagePolicy responsePolicy,
      CallbackHandler containersHandler,
      Map<String, Object> options) {
    handler = containersHandler;
  }

  @Override
  public Class<?>[] getSupportedMessageTypes() {
    return new Class<?>[] {HttpServletRequest.class, HttpServletResponse.class};
  }

  @Override
  public AuthStatus validateRequest(MessageInfo message, Subject client, Subject service)
      throws AuthException {
    HttpServletRequest request = (HttpServletRequest) message.getRequestMessage();
    try {
      try {
        Optional<CallerToken> caller = bearer.authenticate(request);
        if (caller.isPresent()) {
          handler.handle(
              new Callback[] {
                new CallerPrincipalCallback(client, caller.get()),
                new GroupPrincipalCallback(client, caller.get().getGroups().toArray(String[]::new))
              });
        } else {
          handler.handle(new Callback[] {new CallerPrincipalCallback(client, (Principal) null)});
        }
        return AuthStatus.SUCCESS;
      } catch (InvalidToken e) {
        answer.refuse(e, request, (HttpServletResponse) message.getResponseMessage());
        return AuthStatus.SEND_FAILURE;
      } catch (RuntimeException e) {
        answer.refuse(e, request, (HttpServletResponse) message.getResponseMessage());
        return AuthStatus.SEND_FAILURE;
      }
    } catch (IOException | UnsupportedCallbackException e) {
      throw new AuthException(e);
    }
  }

  @Override
  public AuthStatus secureResponse(MessageInfo message, Subject service) {
    return AuthStatus.SEND_SUCCESS;
  }

  @Override
  public void cleanSubject(MessageInfo message, Subject subject) {
    subject.getPrincipals().clear();
  }
}
