package dev.signet.endpoint.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PurgesTest {
  private final List<String> deleted = new ArrayList<>();
  private boolean leased = true;
  private final Purges purges = new Purges(() -> leased);

  @Test
  void failingPurgeDoesNotStopTheOthers() {
    purges
        .add("first", () -> !deleted.add("first"))
        .add(
            "broken",
            () -> {
              throw new IllegalStateException("broken");
            })
        .add(
            "erring",
            () -> {
              throw new StackOverflowError();
            })
        .add("last", () -> !deleted.add("last"));

    purges.run();
    purges.run();

    assertEquals(List.of("first", "last", "first", "last"), deleted);
  }

  @Test
  void kindIsDeletedBatchByBatchWhileThereIsMore() {
    purges.add("three", () -> deleted.add("three") && deleted.size() < 3);

    purges.run();

    assertEquals(3, deleted.size());
  }

  @Test
  void kindWithoutAnEndLeavesRoomForTheNext() {
    purges.add("endless", () -> deleted.add("endless")).add("last", () -> deleted.add("last"));

    purges.run();

    assertEquals(200, deleted.size());
  }

  @Test
  void nodeWithoutTheLeaseDeletesNothing() {
    leased = false;
    purges.add("some", () -> deleted.add("some"));

    purges.run();

    assertEquals(List.of(), deleted);
  }
}
