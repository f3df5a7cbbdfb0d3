package dev.signet.flow;

import fish.payara.arquillian.container.payara.managed.PayaraMicroDeployableContainer;
import io.openliberty.arquillian.managed.WLPManagedContainer;
import java.util.Map;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.as.arquillian.container.managed.ManagedDeployableContainer;

/**
 * Keeps the one server adapter that this run needs. Arquillian refuses to start with several on the
 * class path; leaving them out there would need a class path for each run in the POM.
 */
public final class ServerAdapter implements LoadableExtension {
  private static final Map<String, Class<? extends DeployableContainer<?>>> ADAPTERS =
      Map.of(
          "payara", PayaraMicroDeployableContainer.class,
          "wildfly", ManagedDeployableContainer.class,
          "liberty", WLPManagedContainer.class);

  @Override
  public void register(ExtensionBuilder builder) {
    var wanted = ADAPTERS.get(System.getProperty("arquillian.launch"));
    for (var adapter : ADAPTERS.values()) {
      if (adapter != wanted) {
        builder.override(DeployableContainer.class, adapter, wanted);
      }
    }
  }
}
