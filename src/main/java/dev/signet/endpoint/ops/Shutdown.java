package dev.signet.endpoint.ops;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Ends the background work while the session beans that it needs still answer: one server stops
 * those in no order, but after the web application.
 */
@WebListener
public class Shutdown implements ServletContextListener {
  @Inject private BackgroundWork work;

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    work.stop();
  }
}
