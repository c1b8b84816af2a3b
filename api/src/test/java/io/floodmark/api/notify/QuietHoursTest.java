package io.floodmark.api.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class QuietHoursTest {
  private static final ZoneId WARD = ZoneId.of("Asia/Ho_Chi_Minh");
  private static final QuietHours NIGHT =
      new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 0), false);

  @Test
  void aNightLastsOverMidnightAndEndsInTheMorning() {
    Instant late = Instant.parse("2026-11-21T15:00:00Z"); // 22:00
    Instant early = Instant.parse("2026-11-21T22:59:59Z"); // 05:59:59
    assertTrue(NIGHT.hold(2, late, WARD));
    assertTrue(NIGHT.hold(2, early, WARD));
    assertFalse(NIGHT.hold(2, late.minusMillis(1), WARD));
    assertFalse(NIGHT.hold(2, early.plusSeconds(1), WARD));
    assertEquals(early.plusSeconds(1), NIGHT.endAfter(late, WARD));
    assertEquals(early.plusSeconds(1), NIGHT.endAfter(early, WARD));
  }

  @Test
  void anAfternoonEndsOnTheSameDay() {
    QuietHours nap = new QuietHours(LocalTime.of(12, 0), LocalTime.of(13, 30), false);
    Instant noon = Instant.parse("2026-11-21T05:00:00Z");
    assertTrue(nap.hold(1, noon, WARD));
    assertEquals(noon.plus(Duration.ofMinutes(90)), nap.endAfter(noon, WARD));
    assertFalse(nap.hold(1, noon.plus(Duration.ofMinutes(90)), WARD));
  }

  @Test
  void dangerPassesUnlessItWasSetToWait() {
    Instant late = Instant.parse("2026-11-21T15:00:00Z");
    assertFalse(NIGHT.hold(3, late, WARD));
    assertTrue(new QuietHours(NIGHT.from(), NIGHT.to(), true).hold(4, late, WARD));
    assertThrows(
        IllegalArgumentException.class,
        () -> new QuietHours(LocalTime.NOON, LocalTime.NOON, false));
  }

  @Test
  void pausesDoubleUpToALimitAndComeToAnEnd() {
    RetryPlan plan = new RetryPlan(Duration.ofSeconds(2), Duration.ofMinutes(10), 24);
    Random random = new Random(4669);
    for (int failures = 1; failures < 40; failures++) {
      long full = Math.min(600_000, 2_000L << Math.min(failures - 1, 20));
      long pause = plan.pause(failures, random).toMillis();
      assertTrue(pause >= full / 2 && pause <= full, failures + ": " + pause);
    }
    assertTrue(plan.goesOnAfter(23));
    assertFalse(plan.goesOnAfter(24));
  }
}
