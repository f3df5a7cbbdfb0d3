package dev.signet.web.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.signet.base.settings.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DateHeaderTest {
  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T02:03:04.999Z"));
  private final DateHeader date = new DateHeader(clock);

  @Test
  void dateIsThatOfTheSecondInTheFormOfHttp() {
    assertEquals("Sun, 01 Mar 2026 02:03:04 GMT", date.value());
    clock.advance(Duration.ofMillis(1));
    assertEquals("Sun, 01 Mar 2026 02:03:05 GMT", date.value());
  }

  @Test
  void dateIsFormattedOnceASecond() {
    clock.advance(Duration.ofMillis(1));
    String first = date.value();
    clock.advance(Duration.ofMillis(999));

    assertSame(first, date.value());
  }
}
