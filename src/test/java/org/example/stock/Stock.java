package org.example.stock;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.eclipse.microprofile.auth.LoginConfig;

@LoginConfig(authMethod = "MP-JWT")
@ApplicationPath("/")
@ApplicationScoped
public class Stock extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(LevelsResource.class);
  }
}
