package io.floodmark.surface;

import io.floodmark.reading.RecentValues;
import java.time.Duration;
import java.time.Instant;

/**
 * The last heights that a sensor saw, whatever they were taken for.
 *
 * @param seenMm over the ground as calibrated, by event time; at most {@link #SAMPLES_MAX}
 */
public record Heights(RecentValues seenMm) {
  /** Before the first reading. */
  public static final Heights NONE = new Heights(RecentValues.NONE);

  /** Enough for ten minutes of one reading a minute. */
  public static final int SAMPLES_MAX = 12;

  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final int ROUGHNESS_STEPS = 9;

  /** Half of the steps from reading to reading are greater: no water does that. */
  private static final double ROUGH_STEP_MM = 20;

  /** Steps that lead somewhere are a rise or a fall. */
  private static final double TREND_SHARE = 0.6;

  private static final double NOISE_MM = 10;

  Heights with(Instant at, double heightMm) {
    // However old, for the newest tells how long the sensor was silent before it.
    return new Heights(seenMm.with(at.toEpochMilli(), heightMm, SAMPLES_MAX, Long.MIN_VALUE));
  }

  /** Time between the newest and the one before it; zero for the first. */
  Duration silenceBeforeNewest() {
    int newest = seenMm.size() - 1;
    return newest < 1
        ? Duration.ZERO
        : Duration.ofMillis(seenMm.millis(newest) - seenMm.millis(newest - 1));
  }

  /** Whether the last ten readings scatter without leading anywhere. */
  boolean areScattered() {
    int first = seenMm.size() - ROUGHNESS_STEPS - 1;
    if (first < 0) {
      return false;
    }
    int rough = 0;
    double way = 0;
    double length = 0;
    for (int i = 0; i < ROUGHNESS_STEPS; i++) {
      double step = seenMm.value(first + i + 1) - seenMm.value(first + i);
      rough += Math.abs(step) > ROUGH_STEP_MM ? 1 : 0;
      way += step;
      length += Math.abs(step);
    }
    return rough > ROUGHNESS_STEPS / 2 && Math.abs(way) < TREND_SHARE * length;
  }

  /** How fast the newest has risen above the lowest of the last ten minutes, noise taken off. */
  double riseMmPerMin() {
    int newest = seenMm.size() - 1;
    long from = seenMm.millis(newest) - WINDOW.toMillis();
    double lowest = seenMm.value(newest);
    for (int i = 0; i < newest; i++) {
      lowest = seenMm.millis(i) < from ? lowest : Math.min(lowest, seenMm.value(i));
    }
    return (seenMm.value(newest) - lowest - NOISE_MM) / WINDOW.toMinutes();
  }
}
