package io.floodmark.alert;

import io.floodmark.reading.Trend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Whether the water at a sensor rises fast. Pure and immutable.
 *
 * <p>It does when the newest good samples, at least three that together span at least a minute,
 * rise one after the other by at least the limit a minute and {@link #RISE_MIN_MM} in all, and the
 * newest shows water. It no longer does once no sample in {@link #OFF_DELAY} has risen by half the
 * limit. Without samples it stays as it is: silence is no all-clear.
 *
 * @param on whether it does
 * @param heldAt event time of the last sample that rose by half the limit; {@link Instant#MIN} for
 *     none
 */
public record FastRise(boolean on, Instant heldAt) {
  /** Before the first sample. */
  public static final FastRise NONE = new FastRise(false, Instant.MIN);

  /** Less than that in all may be a wave or the gauge's noise. */
  static final int RISE_MIN_MM = 20;

  /** Depth under the sensor from which it sees water for certain. */
  static final int WATER_FROM_MM = 30;

  static final Duration OFF_DELAY = Duration.ofMinutes(5);

  private static final int SAMPLES_MIN = 3;
  private static final Duration SPAN_MIN = Duration.ofMinutes(1);
  private static final double MILLIS_PER_MINUTE = 60_000.0;

  /**
   * After one more good sample.
   *
   * @param samples good ones, oldest first, the new one last
   * @param limitMmPerMin from which a rise is fast, 1 or more
   */
  public FastRise next(List<Trend.Sample> samples, int limitMmPerMin) {
    int from = samples.size() - SAMPLES_MIN;
    if (from < 0) {
      return this;
    }
    Trend.Sample last = samples.get(samples.size() - 1);
    Instant latest = last.at().minus(SPAN_MIN);
    if (samples.get(0).at().isAfter(latest)) {
      return this;
    }
    while (samples.get(from).at().isAfter(latest)) {
      from--;
    }
    Trend.Sample first = samples.get(from);
    int rise = last.depthMm() - first.depthMm();
    double rate = rise / (Duration.between(first.at(), last.at()).toMillis() / MILLIS_PER_MINUTE);
    boolean fast =
        rate >= limitMmPerMin
            && rise >= RISE_MIN_MM
            && last.depthMm() >= WATER_FROM_MM
            && risesThroughout(samples.subList(from, samples.size()));
    Instant held = rate >= limitMmPerMin / 2.0 ? last.at() : heldAt;
    if (fast) {
      return new FastRise(true, last.at());
    }
    boolean over = on && !last.at().isBefore(held.plus(OFF_DELAY));
    return new FastRise(on && !over, held);
  }

  private static boolean risesThroughout(List<Trend.Sample> samples) {
    for (int i = 1; i < samples.size(); i++) {
      if (samples.get(i).depthMm() < samples.get(i - 1).depthMm()) {
        return false;
      }
    }
    return true;
  }
}
