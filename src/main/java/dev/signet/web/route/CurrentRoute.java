package dev.signet.web.route;

import dev.signet.base.route.Route;
import dev.signet.base.route.Routes;
import jakarta.servlet.http.HttpServletRequest;

/** The route of a request, resolved once and stored in a request attribute. */
public final class CurrentRoute {
  private static final String NAME = CurrentRoute.class.getName();

  private CurrentRoute() {}

  public static Route of(HttpServletRequest request) {
    if (request.getAttribute(NAME) instanceof Route known) {
      return known;
    }
    Route route = Routes.of(request.getRequestURI().substring(request.getContextPath().length()));
    request.setAttribute(NAME, route);
    return route;
  }
}
