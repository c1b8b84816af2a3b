package io.floodmark.api.readings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StepLadderTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-11-20T17:00:00Z");
  private static final ZoneOffset WARD = ZoneOffset.ofHours(7);

  @ParameterizedTest
  @CsvSource({
    "PT1H, 1000, PT5S",
    "PT24H, 1000, PT2M",
    "PT24H, 288, PT5M",
    "P31D, 1000, PT1H",
    "P31D, 10000, PT5M",
    "P31D, 10, P4D",
    "P3650D, 10, P371D",
    "PT1S, 10, PT1S"
  })
  void theStepIsTheShortestThatFits(Duration length, int maxPoints, Duration step) {
    TimeRange range = new TimeRange(MIDNIGHT, MIDNIGHT.plus(length));
    assertEquals(step, StepLadder.stepFor(range, WARD, maxPoints));
  }

  @Property(seed = "4669")
  void noRangeFallsIntoMoreBucketsThanAskedFor(
      @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long fromMillis,
      @ForAll @LongRange(min = 1, max = 316_224_000_000L) long lengthMillis,
      @ForAll @IntRange(min = -720, max = 840) int offsetMinutes,
      @ForAll @IntRange(min = 10, max = 10_000) int maxPoints) {
    Instant from = Instant.ofEpochMilli(fromMillis);
    TimeRange range = new TimeRange(from, from.plusMillis(lengthMillis));
    ZoneOffset offset = ZoneOffset.ofTotalSeconds(offsetMinutes * 60);
    Duration step = StepLadder.stepFor(range, offset, maxPoints);
    assertTrue(StepLadder.buckets(range, offset, step) <= maxPoints);
  }

  @Property(seed = "4669")
  void theFirstBucketHoldsTheBeginning(
      @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long fromMillis,
      @ForAll @IntRange(min = -720, max = 840) int offsetMinutes,
      @ForAll @IntRange(min = 1, max = 100_000) int stepS) {
    Instant from = Instant.ofEpochMilli(fromMillis);
    Instant start =
        StepLadder.firstStart(
            new TimeRange(from, from.plusMillis(1)),
            ZoneOffset.ofTotalSeconds(offsetMinutes * 60),
            Duration.ofSeconds(stepS));
    assertTrue(!start.isAfter(from) && start.plusSeconds(stepS).isAfter(from));
  }

  @Test
  void aDayBeginsAtMidnightOfTheWard() {
    TimeRange range = new TimeRange(MIDNIGHT.plusSeconds(5), MIDNIGHT.plusSeconds(6));
    assertEquals(MIDNIGHT, StepLadder.firstStart(range, WARD, Duration.ofDays(1)));
  }
}
