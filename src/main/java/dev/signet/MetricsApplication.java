package dev.signet;

import dev.signet.endpoint.ops.MetricsResource;
import dev.signet.web.error.ProblemMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** The metrics, at the usual path for monitoring systems. */
@ApplicationPath("/metrics")
@ApplicationScoped
public class MetricsApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(MetricsResource.class, ProblemMapper.class);
  }

  /** Jersey would add a second description, WADL. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
