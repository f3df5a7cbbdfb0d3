package dev.signet.web;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Says, once for each method that takes a body, what it gets when none was sent: JAX-RS would ask
 * no reader, and pass null.
 */
@Provider
public class AbsentBodyFeature implements DynamicFeature {
  @Inject private Uploads uploads;

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    List<Class<?>> parameters = List.of(resource.getResourceMethod().getParameterTypes());
    if (parameters.contains(Form.class)) {
      context.register(new AbsentBodyFilter(uploads, AbsentBodyFilter.Meaning.EMPTY_FORM));
    } else if (parameters.stream().anyMatch(Record.class::isAssignableFrom)) {
      context.register(new AbsentBodyFilter(uploads, AbsentBodyFilter.Meaning.FAULT));
    }
  }
}
