package dev.signet.web.mechanism;

import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.servlet.ServletContext;

/** A separate class, so that a server without Jakarta Authentication can load the caller. */
final class AuthenticationModuleRegistration {
  private AuthenticationModuleRegistration() {}

  static void register(ServletContext context, BearerAuthentication bearer, EarlyAnswer answer) {
    AuthConfigFactory.getFactory()
        .registerServerAuthModule(new AuthenticationModule(bearer, answer), context);
  }

  static void remove(ServletContext context) {
    AuthConfigFactory.getFactory().removeServerAuthModule(context);
  }
}
