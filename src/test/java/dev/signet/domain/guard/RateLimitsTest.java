package dev.signet.domain.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.origin.Origin;
import dev.signet.base.origin.Source;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.value.Limit;
import dev.signet.base.settings.value.Rate;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.Reason;
import dev.signet.domain.audit.SecurityEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Rate THREE = new Rate(3, MINUTE);

  private final TestLimits node =
      TestLimits.node(
          Map.of(Limit.LOGIN_SOURCE, THREE, Limit.REFRESH_ACCOUNT, THREE), "192.0.2.0/24");

  @AfterEach
  void leave() {
    Origin.leave();
  }

  @Test
  void rateIsAcceptedAtOnceAndNoMore() {
    assertEquals(verdict(true, 2, Duration.ZERO, Duration.ofSeconds(20)), check("ada"));
    assertEquals(verdict(true, 1, Duration.ZERO, Duration.ofSeconds(40)), check("ada"));
    assertEquals(verdict(true, 0, Duration.ZERO, MINUTE), check("ada"));
    assertEquals(verdict(false, 0, Duration.ofSeconds(20), MINUTE), check("ada"));
    assertTrue(check("bob").accepted());
  }

  @Test
  void bucketFillsEvenly() {
    exhaust("ada");
    node.advance(Duration.ofSeconds(19));
    assertFalse(check("ada").accepted());

    node.advance(Duration.ofSeconds(1));

    assertTrue(check("ada").accepted());
    assertFalse(check("ada").accepted());
  }

  @Test
  void refusedRequestsCostNothing() {
    exhaust("ada");
    for (int i = 0; i < 100; i++) {
      assertFalse(check("ada").accepted());
    }

    node.advance(MINUTE);

    assertEquals(2, check("ada").remaining());
  }

  @Test
  void limitThatIsOffCountsNothing() {
    assertEquals(Optional.empty(), node.limits().check(Limit.API_SOURCE, "ada"));
    node.limits().admit(Limit.API_ACCOUNT, "ada");
  }

  @Test
  void bucketThatIsFullAgainIsForgotten() {
    check("ada");
    assertEquals(1, node.limits().size(Limit.LOGIN_SOURCE));

    node.advance(MINUTE);

    assertEquals(0, node.limits().size(Limit.LOGIN_SOURCE));
  }

  @Test
  void millionSourcesTakeBoundedMemory() {
    long most = 0;
    for (int i = 0; i < 1_000_000; i++) {
      assertTrue(check("2001:db8:" + i + "::/64").accepted());
      if (i % 100_000 == 0) {
        most = Math.max(most, node.limits().size(Limit.LOGIN_SOURCE));
      }
    }

    most = Math.max(most, node.limits().size(Limit.LOGIN_SOURCE));
    assertTrue(most <= Buckets.MOST, "kept " + most);
  }

  @Test
  void refusalIsRecordedOncePerBucketAndMinute() {
    exhaust("ada");
    exhaust("bob");
    SecurityEvent event =
        SecurityEvent.of(EventType.RATE_LIMITED, Reason.LIMIT).detail("login-source");
    assertEquals(List.of(), node.events());
    for (int i = 0; i < 5; i++) {
      check("ada");
    }
    assertEquals(List.of(event), node.events());
    check("bob");
    assertEquals(List.of(event, event), node.events());

    node.advance(MINUTE);
    exhaust("ada");
    check("ada");

    assertEquals(List.of(event, event, event), node.events());
  }

  @Test
  void allowedNetworksAreExempt() {
    assertTrue(node.limits().exempt(new Source("192.0.2.77")));
    assertFalse(node.limits().exempt(new Source("198.51.100.1")));
    assertFalse(node.limits().exempt(new Source("unreadable/0123")));

    enter("192.0.2.77");
    for (int i = 0; i < 10; i++) {
      node.limits().admit(Limit.REFRESH_ACCOUNT, "ada");
    }
  }

  @Test
  void accountWithoutRoomIsRefusedForAWhile() {
    enter("198.51.100.1");
    for (int i = 0; i < 3; i++) {
      node.limits().admit(Limit.REFRESH_ACCOUNT, "ada");
    }
    Refusal refusal =
        assertThrows(Refusal.class, () -> node.limits().admit(Limit.REFRESH_ACCOUNT, "ada"));

    assertEquals(Problem.RATE_LIMITED, refusal.problem());
    assertEquals(Optional.of(Duration.ofSeconds(20)), refusal.retryAfter());
  }

  private Verdict check(String key) {
    return node.limits().check(Limit.LOGIN_SOURCE, key).orElseThrow();
  }

  private void exhaust(String key) {
    for (int i = 0; i < 3; i++) {
      assertTrue(check(key).accepted());
    }
  }

  private static Verdict verdict(boolean accepted, long remaining, Duration wait, Duration reset) {
    return new Verdict(Limit.LOGIN_SOURCE, THREE, accepted, remaining, wait, reset);
  }

  private static void enter(String source) {
    new Origin(Optional.of(new Source(source)), "", "test", Optional::empty).enter();
  }
}
