package dev.signet.endpoint.ops;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Ends the background work while the session beans that it needs are still available: one server
 * stops them in no particular order, but after the web application.
 */
@WebListener
public class Shutdown implements ServletContextListener {
  @Inject private BackgroundWork work;

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    work.stop();
  }
}
