package dev.signet.web.mechanism;

import dev.signet.base.settings.TokenSettings;
import dev.signet.base.settings.TokenSettings.Verifier;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;
import java.util.Locale;

/**
 * Installs the authentication mechanism that suits the server; with {@code
 * signet.token.verifier=container}, none, because then the server's own MicroProfile JWT verifies
 * tokens.
 */
@WebListener
public class MechanismInstaller implements ServletContextListener {
  @Inject private TokenSettings settings;
  @Inject private BearerAuthentication bearer;
  @Inject private EarlyAnswer answer;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    if (settings.verifier() == Verifier.CONTAINER) {
      return;
    }
    ServletContext context = event.getServletContext();
    if (isLiberty(context)) {
      context
          .addFilter("authentication", new AuthenticationFilter(bearer, answer))
          .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    } else {
      AuthenticationModuleRegistration.register(context, bearer, answer);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    if (settings.verifier() == Verifier.SIGNET && !isLiberty(context)) {
      AuthenticationModuleRegistration.remove(context);
    }
  }

  private static boolean isLiberty(ServletContext context) {
    return context.getServerInfo().toLowerCase(Locale.ROOT).contains("liberty");
  }
}
