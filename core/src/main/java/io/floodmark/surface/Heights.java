package io.floodmark.surface;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The last heights that a sensor saw, whatever they were taken for.
 *
 * @param samples oldest first, at most {@link #SAMPLES_MAX}, none much older than ten minutes
 */
public record Heights(List<Sample> samples) {
  /** Before the first reading. */
  public static final Heights NONE = new Heights(List.of());

  /** Enough for ten minutes of one reading a minute. */
  public static final int SAMPLES_MAX = 12;

  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final int ROUGHNESS_STEPS = 9;

  /** Half of the steps from reading to reading are greater: no water does that. */
  private static final double ROUGH_STEP_MM = 20;

  /** Steps that lead somewhere are a rise or a fall. */
  private static final double TREND_SHARE = 0.6;

  private static final double NOISE_MM = 10;

  /**
   * A height.
   *
   * @param at event time
   * @param heightMm over the ground as calibrated
   */
  public record Sample(Instant at, double heightMm) {}

  /** Copies the list. */
  public Heights {
    samples = List.copyOf(samples);
  }

  Heights with(Instant at, double heightMm) {
    int skip = Math.max(0, samples.size() - (SAMPLES_MAX - 1));
    Sample[] kept = new Sample[samples.size() - skip + 1];
    for (int i = skip; i < samples.size(); i++) {
      kept[i - skip] = samples.get(i);
    }
    kept[kept.length - 1] = new Sample(at, heightMm);
    return new Heights(List.of(kept));
  }

  /** Time between the newest and the one before it; zero for the first. */
  Duration silenceBeforeNewest() {
    int newest = samples.size() - 1;
    return newest < 1
        ? Duration.ZERO
        : Duration.between(samples.get(newest - 1).at(), samples.get(newest).at());
  }

  /** Whether the last ten readings scatter without leading anywhere. */
  boolean areScattered() {
    int first = samples.size() - ROUGHNESS_STEPS - 1;
    if (first < 0) {
      return false;
    }
    int rough = 0;
    double way = 0;
    double length = 0;
    for (int i = 0; i < ROUGHNESS_STEPS; i++) {
      double step = samples.get(first + i + 1).heightMm() - samples.get(first + i).heightMm();
      rough += Math.abs(step) > ROUGH_STEP_MM ? 1 : 0;
      way += step;
      length += Math.abs(step);
    }
    return rough > ROUGHNESS_STEPS / 2 && Math.abs(way) < TREND_SHARE * length;
  }

  /** How fast the newest has risen above the lowest of the last ten minutes, noise taken off. */
  double riseMmPerMin() {
    Sample newest = samples.get(samples.size() - 1);
    Instant from = newest.at().minus(WINDOW);
    double lowest = newest.heightMm();
    for (Sample sample : samples) {
      lowest = sample.at().isBefore(from) ? lowest : Math.min(lowest, sample.heightMm());
    }
    return (newest.heightMm() - lowest - NOISE_MM) / WINDOW.toMinutes();
  }
}
