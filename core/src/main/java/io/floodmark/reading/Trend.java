package io.floodmark.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * How fast the water rises or falls at one sensor: the slope of its last good depths. Pure and
 * immutable.
 *
 * @param depthsMm good depths at the sensor, whole millimetres by event time; at most {@link
 *     #SAMPLES_MAX}, none older than ten minutes before the newest
 */
public record Trend(RecentValues depthsMm) {
  /** Enough for a slope; more would only make the sensor's state longer. */
  public static final int SAMPLES_MAX = 12;

  /** Slopes over ten minutes have the best skill a quarter of an hour ahead. */
  private static final Duration WINDOW = Duration.ofMinutes(10);

  private static final double MILLIS_PER_MINUTE = 60_000.0;

  /** Before the first sample. */
  public static final Trend NONE = new Trend(RecentValues.NONE);

  /** The trend after one more good depth, newer than those before. */
  public Trend with(Instant at, int depthMm) {
    long millis = at.toEpochMilli();
    return new Trend(depthsMm.with(millis, depthMm, SAMPLES_MAX, millis - WINDOW.toMillis()));
  }

  /** Least-squares slope in millimetres a minute; empty with fewer than two samples. */
  public OptionalDouble mmPerMin() {
    int size = depthsMm.size();
    if (size < 2) {
      return OptionalDouble.empty();
    }
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < size; i++) {
      meanX += minutes(i) / size;
      meanY += depthsMm.value(i) / size;
    }
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < size; i++) {
      double x = minutes(i) - meanX;
      covariance += x * (depthsMm.value(i) - meanY);
      variance += x * x;
    }
    return variance == 0 ? OptionalDouble.empty() : OptionalDouble.of(covariance / variance);
  }

  /** Since the oldest. */
  private double minutes(int index) {
    return (depthsMm.millis(index) - depthsMm.millis(0)) / MILLIS_PER_MINUTE;
  }
}
