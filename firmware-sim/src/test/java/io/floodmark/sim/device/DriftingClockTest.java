package io.floodmark.sim.device;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class DriftingClockTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Property(seed = "4669")
  void stampsNeverRepeatAndStayNearTheTruth(
      @ForAll long seed, @ForAll @Size(max = 100) List<@LongRange(max = 86_400_000) Long> steps) {
    DriftingClock clock = new DriftingClock(START, 40e-6, new SplittableRandom(seed));
    Instant now = START;
    long last = Long.MIN_VALUE;
    for (long stepMillis : steps) {
      now = now.plusMillis(stepMillis);
      long stamp = clock.stampMillis(now);
      assertTrue(stamp > last, stamp + " after " + last);
      // Half a second when set, 40 ppm of a day, and a stamp for each one that must not repeat.
      long errorMillis = Math.abs(stamp - now.toEpochMilli());
      assertTrue(errorMillis <= 500 + 3_456 + 3_456 + steps.size(), "off by " + errorMillis);
      last = stamp;
    }
  }
}
