package io.floodmark.api.readings;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** How long the buckets are in which readings are reduced. Pure. */
final class StepLadder {
  /** Steps that divide the next larger unit of a clock, so that buckets begin at round times. */
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12));

  private StepLadder() {}

  /**
   * The shortest step with which {@code range} falls into at most {@code maxPoints} buckets.
   *
   * @param offset of the clock by which buckets begin at round times
   * @param maxPoints 2 or more
   */
  static Duration stepFor(TimeRange range, ZoneOffset offset, int maxPoints) {
    for (Duration step : STEPS) {
      if (buckets(range, offset, step) <= maxPoints) {
        return step;
      }
    }
    Duration step = Duration.ofDays(1);
    while (buckets(range, offset, step) > maxPoints) {
      step = step.plusDays(1);
    }
    return step;
  }

  /** When the first bucket of {@code step} begins that the range touches. */
  static Instant firstStart(TimeRange range, ZoneOffset offset, Duration step) {
    long first = number(range.from().toEpochMilli(), offset, step);
    return Instant.ofEpochMilli(first * step.toMillis() - offset.getTotalSeconds() * 1000L);
  }

  /** How many buckets of {@code step} the range touches. */
  static long buckets(TimeRange range, ZoneOffset offset, Duration step) {
    return number(range.to().toEpochMilli() - 1, offset, step)
        - number(range.from().toEpochMilli(), offset, step)
        + 1;
  }

  private static long number(long epochMillis, ZoneOffset offset, Duration step) {
    return Math.floorDiv(epochMillis + offset.getTotalSeconds() * 1000L, step.toMillis());
  }
}
