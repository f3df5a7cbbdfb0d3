package dev.signet;

import dev.signet.endpoint.discovery.JwksResource;
import dev.signet.endpoint.discovery.ServerMetadataResource;
import dev.signet.web.body.AcceptFallback;
import dev.signet.web.body.JsonWriter;
import dev.signet.web.error.ProblemMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** Documents at well-known URLs (RFC 8615). */
@ApplicationPath("/.well-known")
@ApplicationScoped
public class WellKnownApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        JwksResource.class,
        ServerMetadataResource.class,
        AcceptFallback.class,
        JsonWriter.class,
        ProblemMapper.class);
  }

  /** Jersey would add a second description, WADL. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
