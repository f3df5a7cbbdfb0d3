package dev.signet.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FlowsTest {
  @Test
  void everyFlowIsRun() {
    Set<String> flows =
        new ClassFileImporter()
            .importPackages("dev.signet").stream()
                .filter(JavaClass::isInterface)
                .filter(type -> type.isAssignableTo(Flow.class) && !type.isEquivalentTo(Flow.class))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));

    assertTrue(flows.size() > 40, flows::toString);
    assertEquals(flows, flowsOf(FlowIT.class, ContainerVerifierIT.class));
  }

  private static Set<String> flowsOf(Class<?>... runs) {
    return Stream.of(runs)
        .flatMap(run -> Stream.of(run.getInterfaces()))
        .map(Class::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
