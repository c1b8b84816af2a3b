package io.floodmark.alert;

import io.floodmark.reading.RecentValues;
import java.time.Duration;
import java.time.Instant;

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
   * @param depthsMm of the good ones, the new one last
   * @param limitMmPerMin from which a rise is fast, 1 or more
   */
  public FastRise next(RecentValues depthsMm, int limitMmPerMin) {
    int last = depthsMm.size() - 1;
    int first = last - (SAMPLES_MIN - 1);
    long latest = last < 0 ? 0 : depthsMm.millis(last) - SPAN_MIN.toMillis();
    if (first < 0 || depthsMm.millis(0) > latest) {
      return this;
    }
    while (depthsMm.millis(first) > latest) {
      first--;
    }
    double depthMm = depthsMm.value(last);
    double rise = depthMm - depthsMm.value(first);
    double rate = rise / ((depthsMm.millis(last) - depthsMm.millis(first)) / MILLIS_PER_MINUTE);
    boolean fast =
        rate >= limitMmPerMin
            && rise >= RISE_MIN_MM
            && depthMm >= WATER_FROM_MM
            && risesFrom(depthsMm, first);
    Instant at = depthsMm.at(last);
    Instant held = rate >= limitMmPerMin / 2.0 ? at : heldAt;
    if (fast) {
      return new FastRise(true, at);
    }
    boolean over = on && !at.isBefore(held.plus(OFF_DELAY));
    return new FastRise(on && !over, held);
  }

  private static boolean risesFrom(RecentValues depthsMm, int first) {
    for (int i = first + 1; i < depthsMm.size(); i++) {
      if (depthsMm.value(i) < depthsMm.value(i - 1)) {
        return false;
      }
    }
    return true;
  }
}
