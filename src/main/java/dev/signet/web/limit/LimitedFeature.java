package dev.signet.web.limit;

import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/**
 * Registers the rate limit for each method with {@link Limited}, once at the start. It is bound to
 * the method instead of its path, which can be written in several ways.
 */
@Provider
public class LimitedFeature implements DynamicFeature {
  @Inject private Limiter limiter;

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    Limited limited = resource.getResourceMethod().getAnnotation(Limited.class);
    if (limited != null) {
      ContainerRequestFilter count =
          request -> limiter.check(request.getProperty(Standing.NAME), limited.value());
      context.register(count, Priorities.AUTHENTICATION);
    }
  }
}
