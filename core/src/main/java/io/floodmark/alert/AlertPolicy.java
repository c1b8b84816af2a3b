package io.floodmark.alert;

import java.time.Duration;
import java.util.List;

/**
 * From which depth at the low point which level is met, and how long a level lasts after it was
 * last met. Pure.
 *
 * @param thresholdsMm depth at the low point from which levels 1 to 4 are met, rising, in
 *     millimetres
 * @param clearDelay time after which a level that is no longer met ends, zero or more
 */
public record AlertPolicy(List<Integer> thresholdsMm, Duration clearDelay) {
  /** The highest level: severe. */
  public static final int LEVEL_MAX = 4;

  /** Attention, warning, danger, severe. */
  public static final List<Integer> DEFAULT_THRESHOLDS_MM = List.of(100, 200, 300, 500);

  /** How long a level lasts after it was last met, where a sensor says nothing else. */
  public static final Duration DEFAULT_CLEAR_DELAY = Duration.ofMinutes(10);

  // EEMUA 191 proposes 2 % for level measurements; 20 mm is the noise of a cheap gauge.
  private static final int DEADBAND_MIN_MM = 20;
  private static final int DEADBAND_DIVISOR = 50;

  /**
   * Checks that there are four rising thresholds.
   *
   * @throws IllegalArgumentException if they are not, or the delay is negative
   */
  public AlertPolicy {
    thresholdsMm = List.copyOf(thresholdsMm);
    if (thresholdsMm.size() != LEVEL_MAX || thresholdsMm.get(0) < 1) {
      throw new IllegalArgumentException("Four thresholds of 1 mm or more needed: " + thresholdsMm);
    }
    for (int i = 1; i < LEVEL_MAX; i++) {
      if (thresholdsMm.get(i) <= thresholdsMm.get(i - 1)) {
        throw new IllegalArgumentException("Thresholds must rise: " + thresholdsMm);
      }
    }
    if (clearDelay.isNegative()) {
      throw new IllegalArgumentException("clearDelay must not be negative: " + clearDelay);
    }
  }

  /** The highest level that a depth at the low point meets, 0 to 4. */
  public int levelOf(int lowPointDepthMm) {
    int level = 0;
    while (level < LEVEL_MAX && lowPointDepthMm >= thresholdsMm.get(level)) {
      level++;
    }
    return level;
  }

  /** The highest level that such a depth keeps from ending: its threshold less the deadband. */
  public int levelHeldBy(int lowPointDepthMm) {
    int level = 0;
    while (level < LEVEL_MAX && lowPointDepthMm >= holdFromMm(thresholdsMm.get(level))) {
      level++;
    }
    return level;
  }

  /**
   * The lowest level other than 0 that a sensor can see whose low point is known only from such a
   * depth on, because by then it may have passed the lower levels.
   *
   * @param lowPointKnownFromMm least depth at the low point that is known, in millimetres
   */
  public int lowestVisibleLevel(int lowPointKnownFromMm) {
    return Math.max(1, levelOf(lowPointKnownFromMm));
  }

  private static int holdFromMm(int thresholdMm) {
    return thresholdMm - Math.max(DEADBAND_MIN_MM, thresholdMm / DEADBAND_DIVISOR);
  }
}
