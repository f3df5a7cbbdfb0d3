package dev.signet;

import dev.signet.account.MeResource;
import dev.signet.account.ProtectedResource;
import dev.signet.account.RegisterResource;
import dev.signet.account.UsersResource;
import dev.signet.admin.KeysResource;
import dev.signet.login.LoginResource;
import dev.signet.ops.HealthResource;
import dev.signet.ops.OpenApiResource;
import dev.signet.user.User;
import dev.signet.web.JsonReader;
import dev.signet.web.JsonWriter;
import dev.signet.web.ProblemMapper;
import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.auth.LoginConfig;

/** Signet's own API. */
@ApplicationPath("/api")
@ApplicationScoped
@LoginConfig(authMethod = "MP-JWT", realmName = "Signet")
@DeclareRoles({User.USER, User.ADMIN})
public class ApiApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        RegisterResource.class,
        LoginResource.class,
        ProtectedResource.class,
        MeResource.class,
        UsersResource.class,
        KeysResource.class,
        HealthResource.class,
        OpenApiResource.class,
        JsonReader.class,
        JsonWriter.class,
        ProblemMapper.class);
  }

  /** Jersey would add a second description, WADL. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
