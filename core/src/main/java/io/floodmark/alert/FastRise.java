package io.floodmark.alert;

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
   * A good sample.
   *
   * @param at event time
   * @param depthMm under the sensor
   */
  public record Point(Instant at, int depthMm) {}

  /**
   * After one more good sample.
   *
   * @param points good samples, oldest first, the new one last
   * @param limitMmPerMin from which a rise is fast, 1 or more
   */
  public FastRise next(List<Point> points, int limitMmPerMin) {
    int from = points.size() - SAMPLES_MIN;
    if (from < 0) {
      return this;
    }
    Point last = points.get(points.size() - 1);
    while (from > 0 && span(points.get(from), last).compareTo(SPAN_MIN) < 0) {
      from--;
    }
    Point first = points.get(from);
    Duration span = span(first, last);
    if (span.compareTo(SPAN_MIN) < 0) {
      return this;
    }
    int rise = last.depthMm() - first.depthMm();
    double rate = rise / (span.toMillis() / MILLIS_PER_MINUTE);
    boolean fast =
        rate >= limitMmPerMin
            && rise >= RISE_MIN_MM
            && last.depthMm() >= WATER_FROM_MM
            && risesThroughout(points.subList(from, points.size()));
    Instant held = rate >= limitMmPerMin / 2.0 ? last.at() : heldAt;
    if (fast) {
      return new FastRise(true, last.at());
    }
    boolean over = on && !last.at().isBefore(held.plus(OFF_DELAY));
    return new FastRise(on && !over, held);
  }

  private static Duration span(Point first, Point last) {
    return Duration.between(first.at(), last.at());
  }

  private static boolean risesThroughout(List<Point> points) {
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).depthMm() < points.get(i - 1).depthMm()) {
        return false;
      }
    }
    return true;
  }
}
