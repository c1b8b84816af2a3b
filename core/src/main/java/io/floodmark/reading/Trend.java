package io.floodmark.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How fast the water rises or falls at one sensor: the slope of its last good depths. Pure and
 * immutable.
 *
 * @param samples oldest first, at most {@link #SAMPLES_MAX}, none older than ten minutes before the
 *     newest
 */
public record Trend(List<Sample> samples) {
  /** Enough for a slope; more would only make the sensor's state longer. */
  public static final int SAMPLES_MAX = 12;

  /** Slopes over ten minutes have the best skill a quarter of an hour ahead. */
  private static final Duration WINDOW = Duration.ofMinutes(10);

  private static final double MILLIS_PER_MINUTE = 60_000.0;

  /** Before the first sample. */
  public static final Trend NONE = new Trend(List.of());

  /**
   * A good depth.
   *
   * @param at event time
   * @param depthMm depth at the sensor
   */
  public record Sample(Instant at, int depthMm) {}

  /** Copies the list. */
  public Trend {
    samples = List.copyOf(samples);
  }

  /** The trend after one more sample, newer than those before. */
  public Trend with(Instant at, int depthMm) {
    Instant from = at.minus(WINDOW);
    int skip = Math.max(0, samples.size() - (SAMPLES_MAX - 1));
    while (skip < samples.size() && samples.get(skip).at().isBefore(from)) {
      skip++;
    }
    Sample[] kept = new Sample[samples.size() - skip + 1];
    for (int i = skip; i < samples.size(); i++) {
      kept[i - skip] = samples.get(i);
    }
    kept[kept.length - 1] = new Sample(at, depthMm);
    return new Trend(List.of(kept));
  }

  /** Least-squares slope in millimetres a minute; empty with fewer than two samples. */
  public OptionalDouble mmPerMin() {
    if (samples.size() < 2) {
      return OptionalDouble.empty();
    }
    Instant origin = samples.get(0).at();
    double meanX = 0;
    double meanY = 0;
    for (Sample sample : samples) {
      meanX += minutesSince(origin, sample.at()) / samples.size();
      meanY += (double) sample.depthMm() / samples.size();
    }
    double covariance = 0;
    double variance = 0;
    for (Sample sample : samples) {
      double x = minutesSince(origin, sample.at()) - meanX;
      covariance += x * (sample.depthMm() - meanY);
      variance += x * x;
    }
    return variance == 0 ? OptionalDouble.empty() : OptionalDouble.of(covariance / variance);
  }

  private static double minutesSince(Instant origin, Instant at) {
    return Duration.between(origin, at).toMillis() / MILLIS_PER_MINUTE;
  }
}
