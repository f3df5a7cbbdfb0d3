package dev.signet.web.mechanism;

import dev.signet.base.settings.Settings.FreshSettings;
import dev.signet.web.error.Problems;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Registers the check for each method with {@link Fresh}, once at the start. */
@Provider
public class FreshFeature implements DynamicFeature {
  /** After the check of roles: a caller without the role must not be asked to log in again. */
  private static final int PRIORITY = Priorities.AUTHORIZATION + 100;

  @Inject private FreshSettings settings;
  @Inject private JsonWebToken caller;
  @Inject private Clock clock;
  @Inject private Problems problems;

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    Fresh fresh = annotation(resource.getResourceMethod(), resource.getResourceClass());
    if (fresh != null) {
      Duration maxAge =
          fresh.maxAge() == 0 ? settings.maxAge() : Duration.ofSeconds(fresh.maxAge());
      context.register(new FreshFilter(maxAge, caller, clock, problems), PRIORITY);
    }
  }

  private static Fresh annotation(Method method, Class<?> type) {
    Fresh own = method.getAnnotation(Fresh.class);
    return own == null ? type.getAnnotation(Fresh.class) : own;
  }
}
